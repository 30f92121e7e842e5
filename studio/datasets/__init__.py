"""Dataset versions: health, honest splits, freezing, and the snapshot a job works on."""

from studio.datasets.health import checks, health
from studio.datasets.inputs import givens_of, variants_for
from studio.datasets.leaks import LeakReport, leak_report
from studio.datasets.material import Material
from studio.datasets.sessions import SessionGuess
from studio.datasets.snapshot import groups_of, write_snapshot
from studio.datasets.snapshot_cache import Provided, snapshot_for
from studio.datasets.split_report import SplitReport, split_report
from studio.datasets.versioning import freeze

__all__ = [
    "LeakReport",
    "Material",
    "Provided",
    "SessionGuess",
    "SplitReport",
    "checks",
    "freeze",
    "givens_of",
    "groups_of",
    "health",
    "leak_report",
    "snapshot_for",
    "split_report",
    "variants_for",
    "write_snapshot",
]
