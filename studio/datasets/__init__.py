"""Dataset versions: splitting, freezing, and the snapshot a job works on."""

from studio.datasets.snapshot import write_snapshot
from studio.datasets.versioning import freeze

__all__ = ["freeze", "write_snapshot"]
