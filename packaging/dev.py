#!/usr/bin/env python3
"""Set up and run Edge AutoML Studio from a checkout: ``python3 packaging/dev.py --help``.

Standard library only. This file is kept so plain that even a very old Python can read it and
say in one sentence that it is too old; everything else is in the folder ``devtools``.
"""

import sys

OLDEST = (3, 11)
NEWEST = (3, 13)


def too_old_or_new(version):
    """Return the sentence about an unsuitable Python, or an empty string."""
    if OLDEST <= version <= NEWEST:
        return ""
    return (
        "This is Python %d.%d, but the studio needs %d.%d to %d.%d (TensorFlow has no build for"
        " others): start it again with, for example, python%d.%d packaging/dev.py."
        % (version + OLDEST + NEWEST + NEWEST)
    )


if __name__ == "__main__":
    unsuitable = too_old_or_new(tuple(sys.version_info[:2]))
    if unsuitable:
        sys.stderr.write(unsuitable + "\n")
        sys.exit(1)
    from devtools.commands import main

    sys.exit(main(sys.argv[1:]))
