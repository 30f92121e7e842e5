"""Long work in another process: its directory, its journal, starting and following it."""

from studio.jobs.client import CANNOT_WRITE, WAIT, Job, claim, dismiss, is_running, prepare, start
from studio.jobs.directory import JobDirectory, jobs_root
from studio.jobs.journal import JournalReader, JournalWriter

__all__ = [
    "CANNOT_WRITE",
    "WAIT",
    "Job",
    "JobDirectory",
    "JournalReader",
    "JournalWriter",
    "claim",
    "dismiss",
    "is_running",
    "jobs_root",
    "prepare",
    "start",
]
