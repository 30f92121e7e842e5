"""The steps that bring a project file to the present format.

A released step never changes. `FORMAT` is the number of steps and is what the file's
``user_version`` holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = ["FORMAT", "migrate"]

steps = Migrations("studio")


@steps()
def m001_first_format(db: Database) -> None:
    """Samples, dataset versions, searches and candidates."""
    for statement in _FIRST_FORMAT.split(";"):
        if statement.strip():
            db.execute(statement)


@steps()
def m002_kinds_sessions_history(db: Database) -> None:
    """Rows and recordings beside images, sessions, regions, tables, the undo history.

    A label moves into the row of its sample: a filtered page of 100,000 samples then reads
    one index.
    """
    for statement in _SECOND_FORMAT.split(";"):
        if statement.strip():
            db.execute(statement)
    # In the step's own transaction, so that a kill never leaves one without the other.
    db.execute("PRAGMA user_version = 2")


@steps()
def m003_predictions(db: Database) -> None:
    """What models and neighbours say of samples, refused suggestions, contradicting imports."""
    for statement in _THIRD_FORMAT.split(";"):
        if statement.strip():
            db.execute(statement)
    db.execute("PRAGMA user_version = 3")


@steps()
def m004_amounts_and_stretches(db: Database) -> None:
    """A dataset row may have an amount or be a stretch; what candidates answered is kept."""
    for column in ("amount", "start_s", "end_s"):
        db.execute(f"ALTER TABLE dataset_rows ADD COLUMN {column} REAL")
    db.execute("ALTER TABLE candidates ADD COLUMN score REAL")
    db.execute(_FOURTH_FORMAT)
    db.execute("PRAGMA user_version = 4")


@steps()
def m005_own_devices(db: Database) -> None:
    """Devices that a person added to the catalogue."""
    db.execute(_FIFTH_FORMAT)
    db.execute("PRAGMA user_version = 5")


FORMAT = 5


def migrate(db: Database) -> None:
    """Apply what is missing, each step in a transaction of its own."""
    steps.apply(db)


_FIRST_FORMAT = """
CREATE TABLE properties (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE blobs (
    digest TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT;

CREATE TABLE thumbnails (digest TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;

CREATE TABLE classes (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE samples (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL REFERENCES blobs(digest),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    channels INTEGER NOT NULL,
    UNIQUE (digest, name)
) STRICT;

CREATE TABLE labels (
    sample_id INTEGER PRIMARY KEY REFERENCES samples(id) ON DELETE CASCADE,
    class_id INTEGER NOT NULL REFERENCES classes(id),
    origin TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX labels_by_class ON labels(class_id, sample_id);

CREATE TABLE dataset_versions (
    digest TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL UNIQUE,
    task TEXT NOT NULL,
    seed INTEGER NOT NULL,
    classes TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

CREATE TABLE dataset_rows (
    version TEXT NOT NULL REFERENCES dataset_versions(digest),
    position INTEGER NOT NULL,
    sample_id INTEGER NOT NULL,
    sample_digest TEXT NOT NULL REFERENCES blobs(digest),
    class_name TEXT NOT NULL,
    split TEXT NOT NULL,
    PRIMARY KEY (version, position)
) STRICT;

CREATE TABLE searches (
    id INTEGER PRIMARY KEY,
    dataset TEXT NOT NULL REFERENCES dataset_versions(digest),
    request TEXT NOT NULL,
    state TEXT NOT NULL,
    job TEXT NOT NULL UNIQUE,
    rejected INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    started_at TEXT NOT NULL
) STRICT;

CREATE TABLE candidates (
    id INTEGER PRIMARY KEY,
    search_id INTEGER NOT NULL REFERENCES searches(id),
    trial INTEGER NOT NULL,
    space TEXT NOT NULL,
    hyperparameters TEXT NOT NULL,
    parameters INTEGER NOT NULL,
    validation TEXT NOT NULL,
    preprocessing TEXT NOT NULL,
    weights TEXT NOT NULL REFERENCES blobs(digest),
    UNIQUE (search_id, trial)
) STRICT;

CREATE TABLE artifacts (
    candidate_id INTEGER NOT NULL REFERENCES candidates(id),
    precision TEXT NOT NULL,
    format TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES blobs(digest),
    arena TEXT NOT NULL,
    evaluation TEXT,
    PRIMARY KEY (candidate_id, precision, format)
) STRICT
"""

_SECOND_FORMAT = """
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    origin TEXT NOT NULL
) STRICT;

CREATE TABLE samples2 (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    digest TEXT NOT NULL REFERENCES blobs(digest),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    kind TEXT NOT NULL,
    facts TEXT NOT NULL,
    class_id INTEGER REFERENCES classes(id),
    label_origin TEXT,
    labelled_at TEXT,
    session_id INTEGER REFERENCES sessions(id),
    excluded INTEGER NOT NULL DEFAULT 0,
    taken_at TEXT,
    link TEXT,
    UNIQUE (digest, name)
) STRICT;

INSERT INTO samples2 (id, digest, name, media_type, kind, facts,
                      class_id, label_origin, labelled_at)
SELECT s.id, s.digest, s.name, s.media_type, 'image',
       json_object('width', s.width, 'height', s.height, 'channels', s.channels),
       l.class_id, l.origin, l.made_at
FROM samples s LEFT JOIN labels l ON l.sample_id = s.id ORDER BY s.id;

DROP TABLE labels;
DROP TABLE samples;
ALTER TABLE samples2 RENAME TO samples;
CREATE INDEX samples_by_class ON samples(class_id);
CREATE INDEX samples_excluded ON samples(class_id) WHERE excluded = 1;
CREATE INDEX samples_by_session ON samples(session_id);

CREATE TABLE regions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    class_id INTEGER NOT NULL REFERENCES classes(id),
    kind TEXT NOT NULL,
    a REAL NOT NULL,
    b REAL NOT NULL,
    c REAL,
    d REAL,
    origin TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX regions_by_sample ON regions(sample_id);
CREATE INDEX regions_by_class ON regions(class_id, sample_id);

CREATE TABLE operations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    payload TEXT NOT NULL,
    undo TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX operations_by_state ON operations(state);

CREATE TABLE tables (
    digest TEXT PRIMARY KEY,
    columns TEXT NOT NULL
) STRICT
"""

_THIRD_FORMAT = """
CREATE INDEX samples_state ON samples(id, class_id, excluded);

CREATE TABLE predictors (
    id INTEGER PRIMARY KEY,
    candidate_id INTEGER UNIQUE REFERENCES candidates(id),
    classes TEXT NOT NULL,
    stamp TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

CREATE TABLE predictions (
    id INTEGER PRIMARY KEY,
    predictor_id INTEGER NOT NULL REFERENCES predictors(id),
    sample_id INTEGER NOT NULL,
    best INTEGER NOT NULL,
    confidence REAL NOT NULL,
    margin REAL NOT NULL,
    shares BLOB NOT NULL,
    nearest TEXT NOT NULL,
    UNIQUE (predictor_id, sample_id)
) STRICT;
CREATE INDEX predictions_surest ON predictions(predictor_id, confidence DESC, sample_id, best);
CREATE INDEX predictions_closest ON predictions(predictor_id, margin, sample_id);

CREATE TABLE dismissals (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    class_id INTEGER NOT NULL REFERENCES classes(id),
    made_at TEXT NOT NULL,
    UNIQUE (sample_id, class_id)
) STRICT;
CREATE INDEX dismissals_by_class ON dismissals(class_id);

CREATE TABLE other_labels (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    class_id INTEGER NOT NULL REFERENCES classes(id),
    made_at TEXT NOT NULL,
    UNIQUE (sample_id, class_id)
) STRICT;
CREATE INDEX other_labels_by_class ON other_labels(class_id)
"""

_FOURTH_FORMAT = """
CREATE TABLE answers (
    candidate_id INTEGER NOT NULL REFERENCES candidates(id),
    split TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (candidate_id, split)
) STRICT
"""

_FIFTH_FORMAT = """
CREATE TABLE own_devices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    device TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT
"""
