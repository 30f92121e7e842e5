"""The child process that runs Vela: ``python -m studio.runtimes._vela_child ARGUMENTS``.

Vela is a program of its own with a compiled part that some files crash; the arguments are
handed to it as they are.
"""

from __future__ import annotations

import sys

from studio.runtimes._limits import follow_parent, limit

_LARGEST_PROCESS_BYTES = 4 << 30


def main() -> int:
    """Run Vela on this process's arguments."""
    limit(_LARGEST_PROCESS_BYTES)
    follow_parent()
    from ethosu.vela import vela

    return int(vela.main(sys.argv[1:]) or 0)


if __name__ == "__main__":
    sys.exit(main())
