"""What searches would come to, are doing, and have shown; nothing here changes anything."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from studio import jobs
from studio.app.forecasting import forecast_search
from studio.app.rejections import rejections_text
from studio.app.search_view import SearchView
from studio.app.searching import directory_of
from studio.app.wishes import by_weights, front_of
from studio.domain.candidate import Candidate
from studio.domain.errors import SearchError
from studio.domain.event import JobEvent
from studio.domain.judgement import Weighed
from studio.domain.search import Search, SearchRequest, SearchState
from studio.jobs import JournalReader
from studio.search import SearchSpec
from studio.search.forecast import Forecast
from studio.store import candidates, searches
from studio.store.project_file import ProjectFile

__all__ = ["Outlook"]


class Outlook:
    """What `studio.app.Session.outlook` gives; every method is *slow*."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project

    def forecast(self, request: SearchRequest) -> Forecast:
        """Return what a search would come to on this computer; nothing is started."""
        return forecast_search(self._project, request)

    @staticmethod
    def prepare() -> None:
        """Start a worker that waits for the next search, so that its beginning is not waited for.

        It takes some 700 MB; it ends with this process, or with `dismiss`.
        """
        jobs.prepare()

    @staticmethod
    def dismiss() -> None:
        """Let the prepared worker go, if there is one."""
        jobs.dismiss()

    def past(self, search: Search) -> tuple[JobEvent, ...]:
        """Return what a search has told so far; nothing if that is not on this computer."""
        return tuple(JournalReader(directory_of(search).journal).read_new())

    def follow(self) -> SearchView:
        """Return a view of the search that is at work, whoever started it.

        Raises:
            SearchError: ``search.nothing_to_follow`` if there is none on this computer.
        """
        for search in searches.all_searches(self._project):
            directory = directory_of(search)
            if search.state is SearchState.RUNNING and jobs.is_running(directory):
                return SearchView(search, directory)
        raise SearchError(
            "No search of this project is running on this computer.",
            "Start one with `search`, or see `candidates` for what earlier ones found.",
            code="search.nothing_to_follow",
        )

    def rejections(self, search: Search) -> str:
        """Return in a sentence what was too large; ``""`` for nothing, or if it is not known."""
        directory = directory_of(search)
        with contextlib.suppress(SearchError, KeyError, TypeError):
            spec = SearchSpec.from_json(directory.read_spec())
            return rejections_text(JournalReader(directory.journal).read_new(), spec)
        return ""

    def front(self) -> frozenset[int]:
        """Return the numbers of the candidates no other beats in accuracy, flash and RAM."""
        return front_of(candidates.best_first(self._project))

    def weighed(self, weights: Mapping[str, float]) -> tuple[tuple[Candidate, Weighed], ...]:
        """Return the candidates by a person's weights, see `studio.app.wishes.by_weights`."""
        return by_weights(candidates.best_first(self._project), weights)
