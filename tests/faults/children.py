"""What the fault tests kill: small programs that say on stdout what they have done.

Usage: ``python -m tests.faults.children ACTION PROJECT [SEED]``. Every line of stdout is an
acknowledgement: what it names was committed before it was written.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from studio import labelling
from studio.domain.errors import ProjectError
from studio.domain.sample import ImageFacts, NewSample
from studio.labelling.operations import ImportStep
from studio.store import samples
from studio.store.project_file import ProjectFile

CLASSES = [f"class {n}" for n in range(5)]


def new(number: int, size: int = 2000) -> NewSample:
    """Return a sample whose content follows from its number."""
    return NewSample(
        content=random.Random(number).randbytes(size),
        name=f"{number}.png",
        media_type="image/png",
        facts=ImageFacts(width=2, height=2),
        class_name=CLASSES[number % 5] if number % 3 else None,
    )


def say(*words: object) -> None:
    """Acknowledge something."""
    print(*words, flush=True)


def import_for_ever(project: ProjectFile, seed: int) -> None:
    """Import batches of ten; acknowledges the last number of each."""
    step = ImportStep(project, "photos")
    number = seed * 1_000_000
    while True:
        step.add([(new(n), b"thumbnail") for n in range(number, number + 10)])
        number += 10
        say(number - 1)


def label_for_ever(project: ProjectFile, seed: int) -> None:
    """Label one sample after another; acknowledges sample and class."""
    choice = random.Random(seed)
    ids = [sample.id for sample in samples.page(project)]
    while True:
        sample, name = choice.choice(ids), choice.choice(CLASSES)
        labelling.assign(project, [sample], name)
        say(sample, name)


def compete(project: ProjectFile, seed: int) -> None:
    """Read all the time and write whenever that is allowed; says which of the two it does."""
    choice = random.Random(seed)
    while True:
        found = samples.page(project, limit=50, offset=choice.randrange(50))
        try:
            labelling.assign(project, [choice.choice(found).id], choice.choice(CLASSES))
            say("wrote")
        except ProjectError as error:
            say(error.code)
            time.sleep(0.005)


ACTIONS = {"import": import_for_ever, "label": label_for_ever, "compete": compete}

if __name__ == "__main__":
    action, place, seed = sys.argv[1:4]
    with ProjectFile.open(Path(place)) as opened:
        say("open", "read-only" if opened.read_only else "writer")
        ACTIONS[action](opened, int(seed))
