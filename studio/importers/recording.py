"""Recordings: signals as CSV, WAV or Edge Impulse's JSON, a recording a file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from studio.domain.errors import ImportFailed
from studio.domain.sample import NewSample, RecordingFacts, SkippedFile, TimeRange
from studio.importers._importer import (
    Found,
    Importer,
    ImportPreview,
    Options,
    Question,
    ReadResult,
    Wanted,
)
from studio.importers._links import link_of, link_question
from studio.importers._sources import Entry, Unreadable, entries, first_file
from studio.importers._words import class_of, class_question, counted
from studio.tasks import acquisitions
from studio.tasks.recordings import (
    CSV,
    EDGE_IMPULSE,
    LARGEST_BYTES,
    WAV,
    BadRecording,
    Recording,
    described,
    read_recording,
)
from studio.tasks.signals import rate_in_name
from studio.tasks.tables import DELIMITERS
from studio.tasks.texts import ENCODINGS

__all__ = ["ENTRY", "KINDS", "find", "preview", "read"]

_ID = "recording"
KINDS = {
    ".csv": CSV,
    ".tsv": CSV,
    ".txt": CSV,
    ".dat": CSV,
    ".wav": WAV,
    ".wave": WAV,
    ".json": EDGE_IMPULSE,
}
"""File name endings of recordings, and what they promise."""

_ABOUT = re.compile(r"(licen[cs]e|read ?me|changelog|authors|citation|notice)\b", re.I)
"""Texts about the recordings that lie beside them."""

_PREVIEWED = 200
"""Recordings opened for a preview; the rest is counted by name."""


def suits(listed: Sequence[Entry]) -> int:
    """Claim whatever holds a sound, an acquisition or a table."""
    sound = first_file(listed, [".wav", ".wave"])
    if sound is not None:
        return Wanted.FORMAT
    acquired = first_file(listed, [".json"])
    try:
        if acquired is not None and acquisitions.looks_like(acquired.head(1 << 16)):
            return Wanted.FORMAT
    except Unreadable:
        return Wanted.NOT
    return Wanted.ANY if first_file(listed, KINDS) else Wanted.NOT


def find(
    paths: Sequence[Path], options: Options | None = None
) -> tuple[list[Found], list[SkippedFile]]:
    """Find the recordings among what was given; classes as the option ``class_from`` says.

    Raises:
        ImportFailed: ``import.no_recordings``, and as `entries` does.
    """
    listed, skipped = entries(paths)
    found = []
    for entry in listed:
        if entry.suffix in KINDS and not _ABOUT.match(entry.stem):
            class_name = class_of(entry, options or {}) or _dotted_class(entry)
            found.append(Found(entry=entry, name=entry.name, class_name=class_name))
        else:
            skipped.append(SkippedFile(name=entry.name, why="It is not a recording."))
    if not found:
        raise ImportFailed(
            f"No recordings were found in {', '.join(path.name or str(path) for path in paths)}.",
            "Choose CSV, WAV or Edge Impulse JSON files, a folder per class.",
            code="import.no_recordings",
        )
    return found, skipped


def _dotted_class(entry: Entry) -> str | None:
    """Return the class Edge Impulse puts before the first point: ``idle.01.json``."""
    label, _, rest = entry.stem.partition(".")
    return label[:200] if entry.suffix == ".json" and label and rest else None


def read(found: Found, options: Options) -> Iterator[ReadResult]:
    """Yield the recording of a file, or why it is left out.

    Options: those of `studio.tasks.signals`, ``rate`` (Hz) and ``class_from``.
    """
    try:
        link = link_of(found.entry, options)
        content = found.entry.read(LARGEST_BYTES)
        recording = _recording(found.entry, content, options)
        yield replace(_sample(found, content, recording), link=link), None
    except Unreadable as error:
        yield SkippedFile(name=found.name, why=f"It cannot be read: {error}.")
    except BadRecording as error:
        yield SkippedFile(name=found.name, why=f"It cannot be used: {error}.")


def _recording(entry: Entry, content: bytes, options: Options) -> Recording:
    """Read a file; a rate its name states counts where neither clock nor person says one."""
    kind = KINDS[entry.suffix]
    recording = read_recording(content, kind, options)
    if recording.rate_hz is None and not options.get("rate"):
        rate = rate_in_name(entry.name)
        if rate is not None and kind == CSV:
            return read_recording(content, kind, {**options, "rate": f"{rate:g}"})
        return replace(recording, rate_hz=rate)
    return recording


def _sample(found: Found, content: bytes, recording: Recording) -> NewSample:
    ranges = _ranges(recording)
    names = {run.class_name for run in ranges}
    only = len(names) == 1 and len(ranges) == 1 and recording.labels[0].stop == recording.samples
    return NewSample(
        content=content,
        name=found.name,
        media_type=described(KINDS[found.entry.suffix], recording.reading),
        facts=RecordingFacts(
            channels=recording.channels,
            units=recording.units,
            rate_hz=recording.rate_hz,
            samples=recording.samples,
            gaps=recording.gaps,
            irregular=recording.irregular,
        ),
        class_name=names.pop() if only else found.class_name if not ranges else None,
        session=recording.session,
        taken_at=recording.started_at,
        ranges=() if only else ranges,
    )


def _ranges(recording: Recording) -> tuple[TimeRange, ...]:
    """Return the labelled stretches in seconds; each ends where the next sample begins.

    Raises:
        BadRecording: if there are labels but nothing says when.
    """
    made = []
    for run in recording.labels:
        start, end = recording.seconds_at(run.start), recording.seconds_at(run.stop)
        if start is None or end is None:
            raise BadRecording("its labels change, but nothing says its sampling rate; enter it")
        if start < end and start >= 0:
            made.append(TimeRange(class_name=run.label, start_s=start, end_s=end))
    return tuple(made)


@dataclass(slots=True)
class _Tally:
    """What the recordings looked at say together."""

    counts: Counter[str] = field(default_factory=Counter)
    unlabelled: int = 0
    good: int = 0
    without_rate: int = 0
    rates: Counter[float] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    stretches: int = 0
    first: tuple[Recording, Entry] | None = None


def preview(paths: Sequence[Path], options: Options | None = None) -> ImportPreview:
    """Say what would come in; of many recordings, the first 200 are opened.

    Raises:
        ImportFailed: as `find` does.
    """
    options = options or {}
    found, skipped = find(paths, options)
    tally = _Tally()
    for file in found[:_PREVIEWED]:
        skipped += _look(file, options, tally)
    rest = found[_PREVIEWED:]
    for file in rest:
        tally.unlabelled += file.class_name is None
        tally.counts.update([file.class_name] if file.class_name else [])
    return ImportPreview(
        importer=_ID,
        title=_title(tally, len(rest)),
        samples=tally.good + len(rest),
        counts=dict(sorted(tally.counts.items())),
        unlabelled=tally.unlabelled,
        skipped=tuple(skipped),
        notes=_notes(tally),
        questions=(*_questions(tally, options), *link_question(options, found)),
        exact=not rest,
    )


def _look(file: Found, options: Options, tally: _Tally) -> Iterator[SkippedFile]:
    """Open one recording and count it."""
    try:
        content = file.entry.read(LARGEST_BYTES)
        recording = _recording(file.entry, content, options)
        # The best to ask about is one that cannot come in for want of a rate.
        tally.first = tally.first or (recording, file.entry)
        tally.without_rate += recording.rate_hz is None
        sample = _sample(file, content, recording)
    except (Unreadable, BadRecording) as error:
        yield SkippedFile(name=file.name, why=f"It cannot be used: {error}.")
        return
    tally.good += 1
    tally.stretches += len(sample.ranges)
    labels = [run.class_name for run in sample.ranges] or [sample.class_name or ""]
    tally.counts.update(filter(None, labels))
    tally.unlabelled += not any(labels)
    if recording.rate_hz is not None:
        tally.rates[recording.rate_hz] += 1
        tally.seconds += recording.seconds_at(recording.samples) or 0.0
    tally.notes.update(_kinds_of_note(recording))


def _kinds_of_note(recording: Recording) -> Iterator[str]:
    if recording.gaps:
        yield "lack samples in places"
    if recording.irregular:
        yield "were taken at irregular times"
    if recording.backwards:
        yield "have times that go back"
    if recording.notes:
        yield "have remarks, for example: " + recording.notes[0]


def _title(tally: _Tally, unopened: int) -> str:
    parts = [counted(len(tally.counts), "class", "classes")] if tally.counts else []
    parts.append(counted(tally.good + unopened, "recording"))
    if tally.stretches:
        parts.append(counted(tally.stretches, "labelled stretch", "labelled stretches"))
    if tally.seconds and not unopened:
        parts.append(f"{tally.seconds / 60:.1f} minutes")
    return ", ".join(parts)


def _notes(tally: _Tally) -> tuple[str, ...]:
    notes = [f"{count:,} of {tally.good:,} {text.rstrip('.')}." for text, count in
             tally.notes.most_common(20)]  # fmt: skip
    if len(tally.rates) > 1:
        rates = ", ".join(f"{rate:g} Hz" for rate, _ in tally.rates.most_common(5))
        notes.append(f"They were taken at different rates: {rates}.")
    if tally.without_rate:
        notes.append(f"{tally.without_rate:,} do not say their sampling rate.")
    return tuple(notes)


def _questions(tally: _Tally, options: Options) -> Iterator[Question]:
    yield class_question(options)
    if tally.first is None:
        return
    recording, entry = tally.first
    if KINDS[entry.suffix] != WAV:
        rate = options.get("rate") or (f"{recording.rate_hz:g}" if recording.rate_hz else "")
        yield Question(
            id="rate", text="How many samples were taken a second (Hz)?", value=rate,
            needed=tally.without_rate > 0,
        )  # fmt: skip
    reading = recording.reading
    if not reading:
        return
    columns = recording.columns
    signs = {sign: name for name, sign in DELIMITERS.items()}
    sign = reading["delimiter"]
    for id, text, value, choices in (
        ("time", "Which column is the time?", reading["time"], ("none", *columns)),
        ("time_unit", "In which unit is the time?", reading.get("time_unit", ""),
         ("s", "ms", "us", "ns", "min", "h")),
        ("label", "Which column is the label?", reading["label"], ("none", *columns)),
        ("session", "Which column says what was taken in one go?", reading["session"],
         ("none", *columns)),
        ("channels", "Which columns are the signal (with bars between)?", reading["channels"],
         ()),
        ("encoding", "Which encoding is the text in?", reading["encoding"], ENCODINGS),
        ("delimiter", "What stands between the cells?", signs.get(sign, sign),
         tuple(DELIMITERS)),
        ("decimal", "Which sign begins the decimals?", reading["decimal"], (".", ",")),
        ("header", "Does the first line name the columns?", reading["header"], ("yes", "no")),
        ("skip", "How many lines stand before it?", reading["skip"], ()),
    ):  # fmt: skip
        yield Question(id=id, text=text, value=value, choices=choices)


ENTRY = Importer(
    id=_ID,
    title="Recordings",
    suits=suits,
    find=find,
    read=read,
    preview=preview,
    links=True,
)
