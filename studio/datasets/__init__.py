"""Dataset versions: health, honest splits, freezing, and the snapshot a job works on."""

from studio.datasets.health import checks, health
from studio.datasets.inputs import givens_of, variants_for
from studio.datasets.keeping import Keeping, found_sessions, kept_reasons, to_keep
from studio.datasets.leaks import LeakReport, leak_report
from studio.datasets.material import Material, Progress, no_progress
from studio.datasets.sessions import SessionGuess
from studio.datasets.snapshot import groups_of, write_snapshot
from studio.datasets.snapshot_cache import Provided, snapshot_for
from studio.datasets.split_report import SplitReport, split_report
from studio.datasets.versioning import freeze, kept_sides

__all__ = [
    "Keeping",
    "LeakReport",
    "Material",
    "Progress",
    "Provided",
    "SessionGuess",
    "SplitReport",
    "checks",
    "found_sessions",
    "freeze",
    "givens_of",
    "groups_of",
    "health",
    "kept_reasons",
    "kept_sides",
    "leak_report",
    "no_progress",
    "snapshot_for",
    "split_report",
    "to_keep",
    "variants_for",
    "write_snapshot",
]
