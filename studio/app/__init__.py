"""The session: opens the project, runs operations and jobs, tells what changed."""
