"""The sub-commands, one module each; `Registry` finds the ``ENTRY`` of every one."""
