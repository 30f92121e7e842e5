"""Expected failures, each with a stable code.

```
StudioError                    what happened, what to do, and a code
├── ProjectError               project.*   the project file
├── ImportFailed               import.*    files that were to be taken in
├── DatasetError               dataset.*   too few samples to split, nothing labelled
├── SearchError                search.*    the search and its worker
├── DeviceError                device.*    the catalogue
├── ModelError                 model.*     a model file, ours or a stranger's
├── EvaluationError            evaluation.* predictions that cannot be judged
├── ToolchainError             toolchain.* compilers and emulators, and what they made
├── ExportError                export.*    writing a bundle
├── DeployError                deploy.*    putting a bundle on a device
└── BundleError                bundle.*    reading a bundle
```

Anything that is not a `StudioError` is a bug and is reported as one.
The code never changes once released: the manual, the log and scripts rely on it.
"""

from __future__ import annotations

__all__ = [
    "BundleError",
    "DatasetError",
    "DeployError",
    "DeviceError",
    "EvaluationError",
    "ExportError",
    "ImportFailed",
    "ModelError",
    "ProjectError",
    "SearchError",
    "StudioError",
    "ToolchainError",
]


class StudioError(Exception):
    """A failure a person can act on.

    Args:
        happened: One sentence: what went wrong, in the person's words.
        remedy: One sentence: what to do about it; may be empty.
        code: Stable dotted identifier, for example ``project.too_new``.
    """

    def __init__(self, happened: str, remedy: str = "", *, code: str) -> None:
        super().__init__(f"{happened} {remedy}".strip())
        self.happened = happened
        self.remedy = remedy
        self.code = code


class ProjectError(StudioError):
    """The project file cannot be opened, read or written."""


class ImportFailed(StudioError):
    """Nothing of what was given could be taken in."""


class DatasetError(StudioError):
    """The samples at hand do not make a dataset version."""


class SearchError(StudioError):
    """The search could not start, or ended without a candidate."""


class DeviceError(StudioError):
    """A device is unknown, or its description is wrong."""


class ModelError(StudioError):
    """A model file is damaged, hostile or of a kind that cannot be used."""


class EvaluationError(StudioError):
    """Predictions are damaged, too few or not comparable, so no figure is given."""


class ToolchainError(StudioError):
    """A compiler or emulator is missing or refuses, or the program it made goes wrong."""


class ExportError(StudioError):
    """A bundle could not be written; nothing was left behind."""


class DeployError(StudioError):
    """A bundle could not be put on a device; what ran there goes on running."""


class BundleError(StudioError):
    """A bundle is damaged, hostile or not a bundle."""
