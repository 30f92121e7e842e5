"""What a search is asked to do, and what its journal says it did."""

from studio.search.plan import FinishSpec, SearchSpec
from studio.search.results import CandidateFiles, FinishedTrial, MadeFile

__all__ = ["CandidateFiles", "FinishSpec", "FinishedTrial", "MadeFile", "SearchSpec"]
