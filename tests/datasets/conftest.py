"""One empty project for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.store.project_file import ProjectFile
from tests.datasets.projects import new_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    with new_project(tmp_path) as made:
        yield made
