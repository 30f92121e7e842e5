"""What people would use instead, each a process with a limit on its time."""
