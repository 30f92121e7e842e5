"""The command line: one sub-command a stage, the same facts as text or as JSON.

Importing this package is cheap; the sub-commands are loaded by `studio.cli.main`.
"""
