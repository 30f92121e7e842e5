"""Long work in another process: its directory, its journal, starting and following it."""

from studio.jobs.client import Job, claim, is_running, start
from studio.jobs.directory import JobDirectory, jobs_root
from studio.jobs.journal import JournalReader, JournalWriter

__all__ = [
    "Job",
    "JobDirectory",
    "JournalReader",
    "JournalWriter",
    "claim",
    "is_running",
    "jobs_root",
    "start",
]
