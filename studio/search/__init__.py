"""What a search is asked to do, and what its journal says it did."""

from studio.search.plan import FinishSpec, SearchSpec
from studio.search.results import CandidateFiles, FinishedTrial, MadeFile, Order
from studio.search.schedule import Ladder, Step

__all__ = [
    "CandidateFiles",
    "FinishSpec",
    "FinishedTrial",
    "Ladder",
    "MadeFile",
    "Order",
    "SearchSpec",
    "Step",
]
