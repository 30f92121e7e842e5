"""The same model for every C ecosystem: one module each, found by the registry.

```
_shape     what an ecosystem is, and what it is given   _library   the C that all of them carry
_selftest  golden samples as C, and what they must give _emulator  the same program without a board
_papers    README, licences, parts list                 _assemble  all of it as one zip
```

A module without an underscore is an ecosystem: it adds what its build system wants to see.
"""

from studio.export.ecosystems._assemble import ECOSYSTEMS, assemble_for, check_suits, write_for
from studio.export.ecosystems._selftest import Expected, expected_of
from studio.export.ecosystems._shape import Ecosystem

__all__ = [
    "ECOSYSTEMS",
    "Ecosystem",
    "Expected",
    "assemble_for",
    "check_suits",
    "expected_of",
    "write_for",
]
