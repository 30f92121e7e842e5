"""The parts of a bundle, one module each; every module defines ``ENTRY``, a `Part`."""
