"""A model written by hand that obeys the generated API, and the same sums in NumPy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.codegen.toolchain import CSource

__all__ = ["SUMS_TENSOR", "answers", "handmade", "inputs", "sums"]

IN, OUT = 24, 6
SUMS_TENSOR = 7
_MULTIPLIER, _SHIFT = 1518500250, 38

_HEADER = """\
#ifndef HAND_H
#define HAND_H
#include <stdint.h>
#define HAND_ARENA_BYTES 96
int8_t *hand_input(void *arena);
const int8_t *hand_output(const void *arena);
void hand_run(void *arena);
#endif
"""
_BODY = """\
#include "hand.h"
#include <string.h>
static const int8_t weights[%(out)d][%(in)d] = {%(weights)s};
%(more)s
int8_t *hand_input(void *arena) { return (int8_t *)arena; }
const int8_t *hand_output(const void *arena) { return (const int8_t *)arena + 64; }
void hand_run(void *arena)
{
    const int8_t *x = (const int8_t *)arena;
    int32_t *sums = (int32_t *)(void *)((int8_t *)arena + 32);
    int8_t *y = (int8_t *)arena + 64;
    memset(sums, 0, 4 * %(out)d);
    for (int row = 0; row < %(out)d; ++row) {
        for (int i = 0; i < %(in)d; ++i) sums[row] += weights[row][i] * x[i];
    }
#ifdef HAND_TRACE
    HAND_TRACE(%(tensor)d, sums, 4 * %(out)d);
#endif
    for (int row = 0; row < %(out)d; ++row) {
        const int64_t unit = (int64_t)1 << (%(shift)d - 1);
        const int64_t scaled = (sums[row] * (int64_t)%(multiplier)d + unit) >> %(shift)d;
        y[row] = (int8_t)(scaled < -128 ? -128 : scaled > 127 ? 127 : scaled);
    }
    %(then)s
}
"""


def _weights() -> NDArray[np.int8]:
    return np.random.default_rng(7).integers(-128, 128, (OUT, IN)).astype(np.int8)


def handmade(*, more: str = "", then: str = "") -> CSource:
    """Return the model.

    Args:
        more: Further C outside of functions.
        then: Statements at the end of an inference.
    """
    rows = ", ".join("{" + ", ".join(map(str, row)) + "}" for row in _weights().tolist())
    filled = {"out": OUT, "in": IN, "weights": rows, "more": more, "then": then}
    filled |= {"tensor": SUMS_TENSOR, "shift": _SHIFT, "multiplier": _MULTIPLIER}
    files = {"hand.h": _HEADER, "hand.c": _BODY % filled}
    return CSource(name="hand", files=files, inputs=(IN,), outputs=(OUT,), header="hand.h")


def inputs(count: int = 16) -> NDArray[np.int8]:
    """Return random inputs, the extremes first."""
    rows = np.random.default_rng(3).integers(-128, 128, (count, IN)).astype(np.int8)
    rows[:1], rows[1:2] = -128, 127
    return rows


def sums(rows: NDArray[np.int8]) -> NDArray[np.int32]:
    """Return what the model puts in its intermediate tensor."""
    return rows.astype(np.int32) @ _weights().astype(np.int32).T


def answers(rows: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return what the model must answer."""
    scaled = sums(rows).astype(np.int64) * _MULTIPLIER + (1 << (_SHIFT - 1))
    return np.clip(scaled >> _SHIFT, -128, 127).astype(np.int8)
