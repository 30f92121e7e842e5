"""What the finder of copies, the finder of sessions and the honest split are worth.

``python -m tests.benchmarks.bench_datasets`` prints the figures (ten minutes); the tests hold
a short form of each against floors. Every set is real; the copies, bursts and pieces are made
from it. Thresholds were chosen on every second picture, photo or recording of a set (half 0);
the figures are of the others (half 1), and of sets that nothing was chosen on.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance

from studio.datasets.chains import Chains
from studio.datasets.ends import ends_of
from studio.datasets.evidence import Clues, Trace
from studio.datasets.features import picture_features, recording_features
from studio.datasets.leaks import LeakReport, both_numbers
from studio.datasets.looks import Looks, colours_and_shapes, stack
from studio.datasets.near import near_pictures
from studio.datasets.near_signals import near_recordings
from studio.datasets.sessions import guess_sessions
from studio.store.blobs import digest_of
from studio.tasks import pictures
from studio.tasks.recordings import CSV, WAV, read_recording
from tests.pictures import encoded

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
PICTURES = ("trashnet-photos", "fashion-mnist", "sign-digits-photos", "bccd-detection")


@dataclass(frozen=True)
class Score:
    """How many of what was to be found was found, and how much of what was found was right."""

    hits: int
    expected: int
    wrong: int

    @property
    def recall(self) -> float:
        return self.hits / self.expected

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.wrong) if self.hits + self.wrong else 1.0

    def __str__(self) -> str:
        return (
            f"recall {self.recall:.3f} ({self.hits}/{self.expected}),"
            f" precision {self.precision:.3f} ({self.wrong} wrong)"
        )


def photo_files(name: str) -> list[Path]:
    found = [p for p in sorted((DATA / name).rglob("*")) if p.suffix in (".png", ".jpg")]
    return [path for path in found if "extras" not in str(path)]


def photos(name: str, every: int = 1, first: int = 0) -> list[Image.Image]:
    return [Image.open(path).convert("RGB") for path in photo_files(name)[first::every]]


def looks_of(images: Sequence[Image.Image]) -> Looks:
    """Return the looks as a project makes them: from thumbnails."""
    small = [pictures.thumbnail(encoded(image)) for image in images]
    return stack(small, [min(image.size) for image in images])


# Copies


def crop(image: Image.Image, dice: random.Random) -> Image.Image:
    """Cut 5 to 10 % off the width and off the height, anywhere."""
    width, height = (round(side * (1 - dice.uniform(0.05, 0.10))) for side in image.size)
    left, top = dice.randint(0, image.width - width), dice.randint(0, image.height - height)
    return image.crop((left, top, left + width, top + height))


def jpeg(image: Image.Image, dice: random.Random) -> Image.Image:
    """Encode with quality 40, 60 or 80."""
    content = encoded(image, "JPEG", quality=dice.choice([40, 60, 80]))
    return Image.fromarray(pictures.prepare(content, _same_size(image)))


def _same_size(image: Image.Image):  # type: ignore[no-untyped-def]
    from studio.domain.preprocessing import ImagePreprocessing

    return ImagePreprocessing(width=image.width, height=image.height, channels=3)


def bright(image: Image.Image, dice: random.Random) -> Image.Image:
    """Make it 20 % darker or brighter; what is bright already is cut off."""
    return ImageEnhance.Brightness(image).enhance(dice.choice([0.8, 1.2]))


def resize(image: Image.Image, dice: random.Random) -> Image.Image:
    """Scale by 0.5 to 1.5."""
    scale = dice.uniform(0.5, 1.5)
    width, height = (max(8, round(side * scale)) for side in image.size)
    return image.resize((width, height), Image.Resampling.BICUBIC)


CHANGES: dict[str, Callable[[Image.Image, random.Random], Image.Image]] = {
    "crop": crop,
    "jpeg": jpeg,
    "bright": bright,
    "resize": resize,
}


def near_score(
    images: Sequence[Image.Image], change: str, seed: int = 1, copied: Sequence[int] | None = None
) -> Score:
    """Add a changed copy of every picture, or of some, and look for the pairs.

    A pair of pictures that are near copies among the originals already counts neither way;
    `main` names these, for a person to look at.
    """
    chosen = range(len(images)) if copied is None else copied
    dice = random.Random(seed)
    copies = [CHANGES[change](images[place], dice) for place in chosen]
    known: Chains[int] = Chains()
    for pair in near_pictures(looks_of(images)):
        known.link(pair.first, pair.second)
    source = [*range(len(images)), *chosen]
    found = [
        (source[p.first], source[p.second]) for p in near_pictures(looks_of([*images, *copies]))
    ]
    hits = sum(one == other for one, other in found)
    wrong = sum(known.find(one) != known.find(other) for one, other in found)
    return Score(hits, len(chosen), wrong)


def recording_score(recordings: Sequence[np.ndarray], change: str) -> Score:
    """Add a changed copy of every recording and look for the pairs."""
    noise = np.random.default_rng(0)
    changed = {
        "trim": lambda v: v[len(v) // 50 : len(v) - len(v) // 20],
        "half as loud": lambda v: v / 2,
        "8 bits": lambda v: np.round(v / np.abs(v).max() * 127),
        "noise": lambda v: v + noise.normal(0, v.std(0) / 10, v.shape),
    }[change]
    total = len(recordings)
    every = [*recordings, *(changed(v).astype(np.float32) for v in recordings)]
    found = near_recordings(every)
    hits = sum(p.first % total == p.second % total for p in found)
    return Score(hits, total, len(found) - hits)


# Sessions


def bursts(scenes: Sequence[Image.Image], seed: int = 1) -> tuple[list[Image.Image], list[int]]:
    """Return frames of every scene (3 to 12, the camera moves) and the scene of each."""
    dice = random.Random(seed)
    frames, truth = [], []
    for number, image in enumerate(scenes):
        for _ in range(dice.randint(3, 12)):
            width, height = round(image.width * 0.8), round(image.height * 0.8)
            left = dice.randint(0, image.width - width)
            top = dice.randint(0, image.height - height)
            frame = image.crop((left, top, left + width, top + height))
            frames.append(ImageEnhance.Brightness(frame).enhance(dice.uniform(0.9, 1.1)))
            truth.append(number)
    return frames, truth


def clues_of(looks: Looks) -> Clues:
    return Clues(content=colours_and_shapes(looks), grey=looks.grey)


def shuffled(clues: Clues, order: Sequence[int]) -> Clues:
    assert clues.content is not None
    assert clues.grey is not None
    return Clues(content=clues.content[order], grey=clues.grey[order])


def session_score(traces: Sequence[Trace], clues: Clues, truth: Sequence[int]) -> Score:
    """Count pairs of samples put into one session, rightly and wrongly."""
    guess = {id: s.name for s in guess_sessions(traces, clues) for id in s.sample_ids}
    hits = expected = wrong = 0
    for (n, one), (m, other) in combinations(enumerate(traces), 2):
        together = one.id in guess and guess[one.id] == guess.get(other.id)
        expected += truth[n] == truth[m]
        hits += together and truth[n] == truth[m]
        wrong += together and truth[n] != truth[m]
    return Score(hits, expected, wrong)


def burst_traces(truth: Sequence[int], seed: int = 1, *, timed: bool = False) -> list[Trace]:
    """Name frames as a camera does; the classes are mixed within a scene."""
    dice = random.Random(seed)
    traces, clock, before = [], 1_700_000_000, -1
    for number, scene in enumerate(truth):
        clock += dice.randint(240, 1800) if scene != before else dice.randint(1, 8)
        before = scene
        taken = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(clock)) if timed else None
        name = dice.choice(["leaf", "rust"])
        traces.append(
            Trace(id=number, name=f"{name}/IMG_{number:04}.JPG", class_name=name, taken_at=taken)
        )
    return traces


def hands() -> tuple[list[Trace], Clues, list[int]]:
    """Return the photos of hands, and who was photographed: each shows the digits in order."""
    files = sorted(photo_files("sign-digits-photos"), key=lambda path: path.stem)
    person, before, truth, traces = 0, -1, [], []
    for number, path in enumerate(files):
        digit = int(path.parent.name[-1])
        person += digit <= before
        before = digit
        truth.append(person)
        name = f"{path.parent.name}/{path.name}"
        traces.append(Trace(id=number, name=name, class_name=path.parent.name))
    looks = looks_of([Image.open(path).convert("RGB") for path in files])
    return traces, clues_of(looks), truth


# Both numbers


# Pieces of one record


def pieces_score(
    recordings: Sequence[np.ndarray],
    classes: Sequence[str],
    length: int,
    *,
    step: int | None = None,
    most: int = 10,
    numbered: bool = True,
) -> Score:
    """Cut recordings into pieces, name them by number or anyhow, and look for their records."""
    cut = [
        (record, values[start : start + length])
        for record, values in enumerate(recordings)
        for start in range(0, len(values) - length + 1, step or length)[:most]
    ]
    if not numbered:
        random.Random(0).shuffle(cut)
    names = [f"p_{n:05}" if numbered else digest_of(b"%d" % n) for n in range(len(cut))]
    traces = [
        Trace(id=n, name=f"{classes[record]}/{names[n]}.csv", class_name=classes[record])
        for n, (record, _) in enumerate(cut)
    ]
    clues = Clues(ends={n: ends_of(values, ()) for n, (_, values) in enumerate(cut)})
    return session_score(traces, clues, [record for record, _ in cut])


def older_people() -> tuple[list[Path], list[np.ndarray]]:
    """Return the accelerations; nothing was chosen on them."""
    files = sorted((DATA / "older-people-rfid-accel").glob("*.csv"))
    return files, [read_recording(path.read_bytes(), CSV).values[:, :3] for path in files]


def print_pieces() -> None:
    for name, (files, values), length in (
        ("accelerometer, half 1", accelerometer(), 100),
        ("spoken digits, half 1", spoken(), 400),
        ("older people, all", older_people(), 100),
    ):
        held = slice(None) if name.endswith("all") else slice(1, None, 2)
        given = values[held], [path.parent.name for path in files[held]], length
        print(f"pieces of {length}, {name}")
        print(f"  numbered             {pieces_score(*given)}")
        print(f"  unnumbered           {pieces_score(*given, numbered=False)}")
        overlapping = pieces_score(*given, step=length // 2, numbered=False)
        print(f"  unnumbered, overlaps {overlapping}")


def leak_of_hands() -> LeakReport | None:
    files = photo_files("sign-digits-photos")
    traces, _, truth = hands()
    person = {trace.name: who for trace, who in zip(traces, truth, strict=True)}
    looks = looks_of([Image.open(path).convert("RGB") for path in files])
    groups = [person[f"{path.parent.name}/{path.name}"] for path in files]
    return both_numbers(picture_features(looks), [p.parent.name for p in files], groups, seed=1)


def accelerometer() -> tuple[list[Path], list[np.ndarray]]:
    files = sorted((DATA / "stm32-har-accel").rglob("*_rec*.csv"))
    return files, [read_recording(path.read_bytes(), CSV).values for path in files]


def spoken() -> tuple[list[Path], list[np.ndarray]]:
    files = sorted((DATA / "spoken-digits-audio").rglob("*.wav"))
    return files, [read_recording(path.read_bytes(), WAV).values for path in files]


def leak_of_windows(length: int = 52) -> LeakReport | None:
    """Cut recordings into windows of 2 s, half overlapping; a session is a recording."""
    windows, classes, groups = [], [], []
    for number, (path, values) in enumerate(zip(*accelerometer(), strict=True)):
        for start in range(0, len(values) - length + 1, length // 2):
            windows.append(values[start : start + length])
            classes.append(path.parent.name)
            groups.append(number)
    return both_numbers(recording_features(windows), classes, groups, seed=1)


def leak_of_speakers() -> LeakReport | None:
    files, values = spoken()
    speakers = sorted({path.name.split("_")[0] for path in files})
    groups = [speakers.index(path.name.split("_")[0]) for path in files]
    features = recording_features(values)
    return both_numbers(features, [path.parent.name for path in files], groups, seed=1)


# Time


def many(count: int, seed: int = 1) -> list[Image.Image]:
    """Return different pictures: halves of real ones, mirrored or turned."""
    dice = random.Random(seed)
    base = photos("trashnet-photos") + photos("sign-digits-photos") + photos("fashion-mnist")
    found = []
    while len(found) < count:
        image = dice.choice(base)
        width, height = (round(side * dice.uniform(0.4, 0.6)) for side in image.size)
        left, top = dice.randint(0, image.width - width), dice.randint(0, image.height - height)
        part = image.crop((left, top, left + width, top + height))
        found.append(part.transpose(dice.choice(list(Image.Transpose))))
    return found


def main() -> None:
    for name in PICTURES:
        images = photos(name)
        pairs = near_pictures(looks_of(images))
        files = photo_files(name)
        print(f"copies, {name}, {len(images)} pictures")
        for pair in pairs:
            one, other = files[pair.first].name, files[pair.second].name
            print(f"  among the originals: {one}, {other} ({pair.agreement:.3f})")
        for change in CHANGES:
            print(f"  {change:8} {near_score(images, change, 2, range(1, len(images), 2))}")
    for name, (_, values) in (("accelerometer", accelerometer()), ("spoken digits", spoken())):
        print(f"copies, {name}, {len(values)} recordings")
        for change in ("trim", "half as loud", "8 bits", "noise"):
            print(f"  {change:12} {recording_score(values, change)}")
    print_pieces()
    for name in PICTURES:
        frames, truth = bursts(photos(name, 6, 1))
        clues = clues_of(looks_of(frames))
        print(f"numbered bursts, {name}: {session_score(burst_traces(truth), clues, truth)}")
    frames, truth = bursts(photos("trashnet-photos", 4, 1))
    clues = clues_of(looks_of(frames))
    order = random.Random(2).sample(range(len(frames)), len(frames))
    print(f"sessions, pairs of {len(frames)} frames of {truth[-1] + 1} scenes")
    print(f"  numbered           {session_score(burst_traces(truth), clues, truth)}")
    print(f"  times              {session_score(burst_traces(truth, timed=True), Clues(), truth)}")
    mixed = guess_sessions(burst_traces([truth[n] for n in order]), shuffled(clues, order))
    print(f"  numbered at random {len(mixed)} sessions (none is right)")
    print(f"  photos of hands    {session_score(*hands())}")
    for what, report in (
        ("photos of hands, by person", leak_of_hands()),
        ("accelerometer windows, by recording", leak_of_windows()),
        ("spoken digits, by speaker", leak_of_speakers()),
    ):
        assert report is not None
        print(f"both numbers, {what}: {report.samples} samples, {report.groups} sessions")
        for word, share in (("by chance", report.naive), ("honest", report.honest)):
            print(f"  {word:9} {share.value:.3f} ({share.low:.3f} to {share.high:.3f})")
    small = [pictures.thumbnail(encoded(image)) for image in many(10_000)]
    begin = time.perf_counter()
    looks = stack(small, [64] * len(small))
    between = time.perf_counter()
    pairs = near_pictures(looks)
    end = time.perf_counter()
    print(f"10,000 pictures: looks {between - begin:.1f} s, copies {end - between:.1f} s")


if __name__ == "__main__":
    main()
