# SPDX-License-Identifier: Apache-2.0
"""The model as a REST service: health, metrics, answers, batches; OpenAPI at /openapi.json."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any

import numpy as np
from fastapi import FastAPI, File, Request, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field, StrictFloat, StrictInt, StrictStr, create_model
from starlette.exceptions import HTTPException

from . import reading
from .core import Answer, Model, NotUsable
from .guard import Guard
from .metrics import Metrics

__all__ = ["service"]

MOST_IN_BATCH = 64
_MOST_SAMPLES = 1_000_000
Cell = StrictFloat | StrictInt | StrictStr | None
Value = StrictFloat | StrictInt | None


class Error(BaseModel):
    """What went wrong, a sentence."""

    error: str


class Told(BaseModel):
    """One answer: of a class, or of an amount."""

    answer: str | None = None
    not_sure: bool | None = None
    share: float | None = None
    outputs: list[float] | None = None
    amount: float | None = None
    unit: str | None = None


class ToldAll(BaseModel):
    """Answers in the order of what was given."""

    answers: list[Told]


class ToldEach(BaseModel):
    """For each recording the answers of its windows."""

    answers: list[list[Told]]


class Health(BaseModel):
    """Whether the model answers."""

    status: str
    kind: str
    labels: list[str]


_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Error, "description": "The body cannot be read"},
    408: {"model": Error, "description": "The body came too slowly"},
    413: {"model": Error, "description": "The body is too large"},
    422: {"model": Error, "description": "It is nothing the model takes"},
    503: {"model": Error, "description": "Too much to do"},
}
_STRICT = ConfigDict(extra="forbid")


def service(
    model: Model, *, largest: int = 16 << 20, seconds: float = 10.0, most: int = 16
) -> Guard:
    """Return the service as an ASGI application.

    Args:
        model: What answers.
        largest: Bytes a body may have.
        seconds: How long a body may take to come.
        most: Requests worked on at the same time.
    """
    metrics = Metrics()
    app = FastAPI(title="A trained model", version="1", docs_url=None, redoc_url=None)
    _common(app, model, metrics)
    asked = _Asked(model, metrics)
    {"picture": _pictures, "row": _rows, "signal": _recordings}[model.kind](app, asked)
    app.add_exception_handler(NotUsable, _not_usable)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _not_found)
    paths = frozenset({*app.openapi()["paths"], "/metrics", "/openapi.json"})
    return Guard(app, metrics, paths, largest=largest, seconds=seconds, most=most)


class _Asked:
    """The model, with its answers counted."""

    def __init__(self, model: Model, metrics: Metrics) -> None:
        self.model, self._metrics = model, metrics

    def told(self, answers: Iterable[Answer]) -> list[Told]:
        found = list(answers)
        for one in found:
            word = "amount" if one.amount is not None else one.label or "not sure"
            self._metrics.answer(word)
        return [Told(**one.as_json()) for one in found]


def _common(app: FastAPI, model: Model, metrics: Metrics) -> None:
    @app.get("/health")
    def health() -> Health:
        model.prepared(np.zeros((1, *model.shape), np.uint8))
        return Health(status="ok", kind=model.kind, labels=list(model.labels))

    @app.get("/metrics", include_in_schema=False)
    def numbers() -> PlainTextResponse:
        kind = "text/plain; version=0.0.4; charset=utf-8"
        return PlainTextResponse(metrics.text(), headers={"content-type": kind})


def _post(app: FastAPI, path: str, body: Any = None) -> Callable[[Any], Any]:
    """Return what makes a function answer a path; ``body`` is the form of its ``given``."""

    def added(answer: Any) -> Any:
        if body is not None:  # made of this model's columns or channels, so not known before
            answer.__annotations__["given"] = body
        return app.post(path, responses=_PROBLEMS)(answer)

    return added


# --- pictures --------------------------------------------------------------------------------


def _pictures(app: FastAPI, asked: _Asked) -> None:
    @_post(app, "/v1/classify")
    def classify(file: Annotated[UploadFile, File(description="A picture")]) -> Told:
        return asked.told([asked.model.picture(file.file.read())])[0]

    @_post(app, "/v1/batch")
    def batch(
        files: Annotated[list[UploadFile], File(min_length=1, max_length=MOST_IN_BATCH)],
    ) -> ToldAll:
        answers = [asked.model.picture(file.file.read()) for file in files]
        return ToldAll(answers=asked.told(answers))


# --- rows ------------------------------------------------------------------------------------


def _rows(app: FastAPI, asked: _Asked) -> None:
    model = asked.model
    columns: Any = {
        feature["column"]: (Cell if feature["kind"] == "category" else Value, None)
        for feature in model.how["features"]
    }
    fields: Any = {f"field_{n}": (kind, Field(default, alias=name))
              for n, (name, (kind, default)) in enumerate(columns.items())}  # fmt: skip
    row: Any = create_model("Row", __config__=_STRICT, **fields)
    one: Any = create_model("One", __config__=_STRICT, row=(row, ...))
    many: Any = create_model(
        "Many",
        __config__=_STRICT,
        rows=(list[row], Field(min_length=1, max_length=MOST_IN_BATCH * 16)),
    )

    def answered(row: Any) -> Answer:
        return model.row(row.model_dump(by_alias=True))

    @_post(app, "/v1/classify", one)
    def classify(given: Any) -> Told:
        return asked.told([answered(given.row)])[0]

    @_post(app, "/v1/batch", many)
    def batch(given: Any) -> ToldAll:
        return ToldAll(answers=asked.told(answered(row) for row in given.rows))

    @_post(app, "/v1/file")
    def file(file: Annotated[UploadFile, File(description="CSV with a header")]) -> ToldAll:
        rows = reading.rows(model.how, reading.Table(_lines(file.file.read())))
        return ToldAll(answers=asked.told(model.row(row) for row in rows))


# --- recordings ------------------------------------------------------------------------------


def _recordings(app: FastAPI, asked: _Asked) -> None:
    model = asked.model
    wide = len(model.how["channels"])
    sample: Any = Annotated[list[Value], Field(min_length=wide, max_length=wide)]
    values: Any = Annotated[list[sample], Field(max_length=_MOST_SAMPLES)]
    one: Any = create_model("One", __config__=_STRICT, values=(values, ...))
    many: Any = create_model(
        "Many",
        __config__=_STRICT,
        recordings=(list[values], Field(min_length=1, max_length=MOST_IN_BATCH)),
    )

    def windows(values: Sequence[Sequence[float | None]]) -> list[Told]:
        plain = [[np.nan if v is None else _bounded(v) for v in row] for row in values]
        return asked.told(model.recording(np.array(plain, np.float32).reshape(-1, wide)))

    @_post(app, "/v1/classify", one)
    def classify(given: Any) -> ToldAll:
        return ToldAll(answers=windows(given.values))

    @_post(app, "/v1/batch", many)
    def batch(given: Any) -> ToldEach:
        return ToldEach(answers=[windows(values) for values in given.recordings])

    @_post(app, "/v1/file")
    def file(file: Annotated[UploadFile, File(description="CSV or WAV")]) -> ToldAll:
        content = file.file.read()
        if content[:4] == b"RIFF":
            found, _ = reading.sound(content)
            return ToldAll(answers=asked.told(model.recording(found)))
        table = reading.Table(_lines(content))
        return ToldAll(answers=windows(list(reading.values(model.how, table))))


def _bounded(value: float) -> float:
    """Return a number that float32 can hold, or an infinite one."""
    try:
        number = float(value)
    except OverflowError:  # a whole number beyond any float
        return np.inf if value > 0 else -np.inf
    return number if abs(number) <= 3.4e38 or number != number else np.inf * np.sign(number)


def _lines(content: bytes) -> io.StringIO:
    try:
        return io.StringIO(content.decode("utf-8-sig"), newline="")
    except UnicodeDecodeError as error:
        raise NotUsable("It is no text in UTF-8.") from error


# --- errors ----------------------------------------------------------------------------------


def _said(status: int, why: str, headers: Any = None) -> JSONResponse:
    return JSONResponse({"error": why}, status_code=status, headers=headers)


def _not_usable(_: Request, error: Exception) -> JSONResponse:
    return _said(422, str(error))


def _not_valid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    why = f"{place}: {first['msg']}"
    return _said(422, why.encode("utf-8", "replace").decode())


def _not_found(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return _said(error.status_code, str(error.detail), error.headers)
