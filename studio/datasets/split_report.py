"""What a split would be, told before anything is frozen: sides, sessions, counts, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.datasets.answers import Answers, answers_of
from studio.datasets.chains import Chains
from studio.datasets.keeping import found_sessions
from studio.datasets.material import Material
from studio.datasets.sessions import SessionGuess
from studio.datasets.splits import Divided, SplitPlan, plan_split
from studio.domain.dataset import Split, SplitShares
from studio.domain.health import ActionKind, HealthFinding, Severity, SuggestedAction
from studio.store.project_file import ProjectFile

__all__ = ["SplitReport", "remembered_sides", "split_report"]

_ALL_ALIKE = 0.5
"""Where copies chain more than this share of all samples together, the camera stood still:
what differs between the samples is too small for the comparison, and it is not used."""

_FEWEST_FOR_ALL_ALIKE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitReport:
    """A split, and why it is so.

    Attributes:
        seed: What decides between equals.
        sides: Side by sample row number; samples without a label have none.
        left_out: Samples that can stand on no side (see the findings).
        sessions: What was taken in one go, with the reason.
        copies: Chains of samples that are copies of each other, each kept on one side.
        counts: Samples by class and side; by what they mostly are, or the tenth of an amount.
        findings: What a person should know about this split.
    """

    seed: int
    sides: Mapping[int, Split]
    left_out: tuple[int, ...]
    sessions: tuple[SessionGuess, ...]
    copies: tuple[tuple[int, ...], ...]
    counts: Mapping[str, Mapping[Split, int]]
    findings: tuple[HealthFinding, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the plain form."""
        return {
            "seed": self.seed,
            "sides": {str(id): str(side) for id, side in sorted(self.sides.items())},
            "left_out": list(self.left_out),
            "sessions": [session.as_json() for session in self.sessions],
            "copies": [list(chain) for chain in self.copies],
            "counts": {
                name: {str(side): count for side, count in found.items()}
                for name, found in self.counts.items()
            },
            "findings": [finding.as_json() for finding in self.findings],
        }


def split_report(
    project: ProjectFile,
    seed: int = 1,
    *,
    pattern: str | None = None,
    column: str | None = None,
    material: Material | None = None,
    answers: Answers | None = None,
) -> SplitReport:
    """Return the split that freezing would make now; nothing is written.

    Args:
        project: Whose samples.
        seed: Decides between equals, for samples no earlier version has placed.
        pattern: See `guess_sessions`.
        column: A column of the table that names the session of a row.
        material: The samples, if they have been read already.
        answers: What is to be told of them, likewise.

    Raises:
        DatasetError: for a pattern or column that cannot be used, and as `answers_of` does.
    """
    material = material or Material(project)
    known = material.worked_out.get(("split", seed, pattern, column))
    if isinstance(known, SplitReport):
        return known
    report = _split_report(material, seed, pattern, column, answers or answers_of(material))
    material.worked_out["split", seed, pattern, column] = report
    return report


def _split_report(
    material: Material, seed: int, pattern: str | None, column: str | None, answers: Answers
) -> SplitReport:
    project = material.project
    labelled = answers.samples
    sessions = found_sessions(material, pattern=pattern, column=column)
    chains = _chains(material)
    alike = _all_alike(chains, len(material.samples))
    digest = {sample.id: sample.digest for sample in material.samples}
    plan = plan_split(
        answers.holds,
        sessions=[[digest[id] for id in session.sample_ids] for session in sessions],
        copies=[] if alike else [(digest[one], digest[other]) for one, other, _ in material.near],
        remembered=remembered_sides(project),
        seed=seed,
        shares=SplitShares(),
    )
    sides = {s.id: plan.sides[s.digest] for s in labelled if s.digest in plan.sides}
    return SplitReport(
        seed=seed,
        sides=sides,
        left_out=tuple(s.id for s in labelled if s.digest in plan.left_out),
        sessions=sessions,
        copies=tuple(tuple(chain) for chain in chains),
        counts=_counts(answers, sides),
        findings=tuple(_findings(answers, plan, alike)),
    )


def remembered_sides(project: ProjectFile) -> dict[str, Split]:
    """Return the side of every sample an earlier dataset version placed, by digest."""
    rows = project.rows(
        "SELECT DISTINCT r.sample_digest AS digest, r.split AS side, v.sequence AS sequence"
        " FROM dataset_rows r JOIN dataset_versions v ON v.digest = r.version"
        " ORDER BY v.sequence"
    )
    known = {str(side): side for side in Split}
    # Versions of before samples kept their sides may differ: then the last one counts.
    return {row["digest"]: known[row["side"]] for row in rows if row["side"] in known}


def _chains(material: Material) -> list[list[int]]:
    """Return chains of copies, those to the byte included, longest first."""
    chains: Chains[int] = Chains()
    first: dict[str, int] = {}
    for sample in material.samples:
        if sample.digest in first:
            chains.link(first[sample.digest], sample.id)
        else:
            first[sample.digest] = sample.id
    for one, other, _ in material.near:
        chains.link(one, other)
    return sorted((sorted(group) for group in chains.groups()), key=lambda g: (-len(g), g[0]))


def _all_alike(chains: Sequence[Sequence[int]], total: int) -> bool:
    longest = max(map(len, chains), default=0)
    return total >= _FEWEST_FOR_ALL_ALIKE and longest > _ALL_ALIKE * total


def _counts(answers: Answers, sides: Mapping[int, Split]) -> dict[str, dict[Split, int]]:
    found = Counter((name, sides[id]) for id, name in answers.mostly.items() if id in sides)
    names = dict.fromkeys(answers.mostly.values())
    return {name: {side: found[name, side] for side in Split} for name in names}


_DIVIDED = {
    Divided.SESSIONS: "The samples of {name!r} come from fewer than three sessions, so training"
    " and test share one. What is measured on this class may be too good.",
    Divided.COPIES: "The samples of {name!r} are nearly all copies of each other, so training and"
    " test share them. What is measured on this class says little.",
}


def _findings(answers: Answers, plan: SplitPlan, alike: bool) -> Iterator[HealthFinding]:
    labelled = answers.samples
    for name, level in plan.divided.items():
        yield HealthFinding(
            code=f"split.{level.name.lower()}_divided",
            severity=Severity.WARNING,
            title="Too few sessions" if level is Divided.SESSIONS else "Nothing but copies",
            sentence=_DIVIDED[level].format(name=name),
            sample_ids=tuple(s.id for s in labelled if name in answers.holds[s.digest]),
            action=SuggestedAction(kind=ActionKind.ADD_SAMPLES, target=name),
        )
    if plan.left_out:
        ids = tuple(s.id for s in labelled if s.digest in plan.left_out)
        yield HealthFinding(
            code="split.left_out",
            severity=Severity.WARNING,
            title="Left out of the split",
            sentence=f"{len(ids)} samples belong together with samples on another side than they"
            " had in an earlier dataset version. A sample never changes its side, so they are"
            " left out. Correct the sessions if they do not belong together.",
            sample_ids=ids,
            figures={"samples": len(ids)},
        )
    if alike:
        yield HealthFinding(
            code="split.all_alike",
            severity=Severity.WARNING,
            title="The samples look nearly the same",
            sentence="More than half of the samples look like copies of each other, as with a"
            " camera that stands still. The comparison cannot tell copies from them, so copies"
            " may stand on both sides. Name sessions, or a pattern of the file names.",
        )
