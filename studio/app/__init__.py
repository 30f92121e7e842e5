"""The session: opens the project, runs operations and jobs, tells what changed."""

from studio.app.advising import advise_file
from studio.app.arriving import (
    Arrival,
    ArrivalKind,
    Closer,
    arrival_of,
    look_closer,
    preview_for,
    task_titles,
)
from studio.app.c_code import c_code, prove_c_code, write_c_code
from studio.app.c_sources import find_source
from studio.app.converting import Conversions, convert_file
from studio.app.data_exporting import DataChoice, DataSummary, data_formats
from studio.app.deploying import (
    Deployed,
    DeployStep,
    DeploySummary,
    Login,
    Target,
    deploy_bundle,
)
from studio.app.device_runs import DeviceRun
from studio.app.exported import Exported, ExportStep
from studio.app.exporting import ecosystems
from studio.app.files import check_project_file, restore_backup, salvage_project
from studio.app.homecoming import (
    BundleGlance,
    ComingBack,
    Glance,
    Origin,
    come_back,
    look_into,
)
from studio.app.lineage import Lineage, Node, NodeKind
from studio.app.linking import RelinkSummary
from studio.app.models import check_model_file, device_catalogue, ethos_u_answer
from studio.app.records import ExportSummary, ImportSummary, Overview
from studio.app.reporting import Written, write_file_report
from studio.app.samples import SampleProject, build_sample, sample_projects, sample_titles
from studio.app.search_run import SearchRun
from studio.app.search_view import SearchView
from studio.app.session import Session
from studio.app.sharing import ShareReport, Travelling, share_preview, share_project
from studio.app.shopping import Shopped, shop_for_file, shop_phrases
from studio.codegen import KERNEL_SETS, Generated, Proof, Standing
from studio.conversion import CATALOGUE, Recipe, find_recipe
from studio.devices import DeviceFilter, core_names
from studio.export import BundleVerification
from studio.export import verify_bundle as verify
from studio.runtimes.ethos_u import ACCELERATORS, VelaAnswer
from studio.store.datasets import DatasetSummary
from studio.store.links import MissingLink
from studio.store.salvaging import SalvageReport

__all__ = [
    "ACCELERATORS",
    "CATALOGUE",
    "KERNEL_SETS",
    "Arrival",
    "ArrivalKind",
    "BundleGlance",
    "BundleVerification",
    "Closer",
    "ComingBack",
    "Conversions",
    "DataChoice",
    "DataSummary",
    "DatasetSummary",
    "DeployStep",
    "DeploySummary",
    "Deployed",
    "DeviceFilter",
    "DeviceRun",
    "ExportStep",
    "ExportSummary",
    "Exported",
    "Generated",
    "Glance",
    "ImportSummary",
    "Lineage",
    "Login",
    "MissingLink",
    "Node",
    "NodeKind",
    "Origin",
    "Overview",
    "Proof",
    "Recipe",
    "RelinkSummary",
    "SalvageReport",
    "SampleProject",
    "SearchRun",
    "SearchView",
    "Session",
    "ShareReport",
    "Shopped",
    "Standing",
    "Target",
    "Travelling",
    "VelaAnswer",
    "Written",
    "advise_file",
    "arrival_of",
    "build_sample",
    "c_code",
    "check_model_file",
    "check_project_file",
    "come_back",
    "convert_file",
    "core_names",
    "data_formats",
    "deploy_bundle",
    "device_catalogue",
    "ecosystems",
    "ethos_u_answer",
    "find_recipe",
    "find_source",
    "look_closer",
    "look_into",
    "preview_for",
    "prove_c_code",
    "restore_backup",
    "salvage_project",
    "sample_projects",
    "sample_titles",
    "share_preview",
    "share_project",
    "shop_for_file",
    "shop_phrases",
    "task_titles",
    "verify",
    "write_c_code",
    "write_file_report",
]
