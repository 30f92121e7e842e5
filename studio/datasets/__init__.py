"""Dataset versions: health, honest splits, freezing, and the snapshot a job works on."""

from studio.datasets.health import checks, health
from studio.datasets.leaks import LeakReport, leak_report
from studio.datasets.material import Material
from studio.datasets.sessions import SessionGuess
from studio.datasets.snapshot import write_snapshot
from studio.datasets.snapshot_cache import snapshot_for
from studio.datasets.split_report import SplitReport, split_report
from studio.datasets.versioning import freeze

__all__ = [
    "LeakReport",
    "Material",
    "SessionGuess",
    "SplitReport",
    "checks",
    "freeze",
    "health",
    "leak_report",
    "snapshot_for",
    "split_report",
    "write_snapshot",
]
