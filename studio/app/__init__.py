"""The session: opens the project, runs operations and jobs, tells what changed."""

from studio.app.data_exporting import DataChoice, DataSummary, data_formats
from studio.app.files import check_project_file, restore_backup, salvage_project
from studio.app.linking import RelinkSummary
from studio.app.models import check_model_file, device_catalogue
from studio.app.records import ExportSummary, ImportSummary, Overview
from studio.app.samples import build_sample, sample_titles
from studio.app.search_run import SearchRun
from studio.app.search_view import SearchView
from studio.app.session import Session
from studio.export import BundleVerification
from studio.export import verify_bundle as verify
from studio.store.datasets import DatasetSummary
from studio.store.links import MissingLink
from studio.store.salvaging import SalvageReport

__all__ = [
    "BundleVerification",
    "DataChoice",
    "DataSummary",
    "DatasetSummary",
    "ExportSummary",
    "ImportSummary",
    "MissingLink",
    "Overview",
    "RelinkSummary",
    "SalvageReport",
    "SearchRun",
    "SearchView",
    "Session",
    "build_sample",
    "check_model_file",
    "check_project_file",
    "data_formats",
    "device_catalogue",
    "restore_backup",
    "salvage_project",
    "sample_titles",
    "verify",
]
