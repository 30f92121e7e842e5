"""Dataset versions: health, honest splits, freezing, and the snapshot a job works on."""

from studio.datasets.material import Material
from studio.datasets.snapshot import write_snapshot
from studio.datasets.split_report import SplitReport, split_report
from studio.datasets.versioning import freeze

__all__ = ["Material", "SplitReport", "freeze", "split_report", "write_snapshot"]
