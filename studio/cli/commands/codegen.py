"""``codegen``: the C code of a model."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from studio.app import KERNEL_SETS, Generated, c_code, find_source, write_c_code
from studio.cli.arguments import add_candidate, path
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.proofs import arena_figures


def add_model(parser: ArgumentParser) -> None:
    """Add what names a model, a device and a set of kernels."""
    parser.add_argument(
        "model", metavar="MODEL.tflite|PROJECT|BUNDLE", type=path, help="where the int8 model is"
    )
    parser.add_argument("--device", metavar="ID", help="a device of `devices`")
    parser.add_argument(
        "--kernels",
        choices=sorted(KERNEL_SETS),
        help="plain C, or for Arm's DSP extension (default: what the device's core has)",
    )
    add_candidate(parser)


def _arguments(parser: ArgumentParser) -> None:
    add_model(parser)
    parser.add_argument("--out", metavar="DIR", required=True, type=path, help="folder to write to")


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    source = find_source(options.model, options.candidate, options.device)
    generated = c_code(source, options.device, options.kernels)
    written = write_c_code(generated.files, options.out)
    return Outcome(document=_document(generated, written), text=_text(generated, written))


def _document(generated: Generated, written: Sequence[Path]) -> dict[str, object]:
    return {
        "prefix": generated.prefix,
        "files": [str(file) for file in written],
        **arena_figures(generated),
    }


def _text(generated: Generated, written: Sequence[Path]) -> str:
    names = " and ".join(str(file) for file in written)
    upper = generated.prefix.upper()
    return (
        f"Wrote {names}.\n"
        f"Working memory (measured): {generated.arena_bytes:,} bytes, {upper}_ARENA_BYTES;"
        f" no placing could take less than {generated.lower_bound_bytes:,}.\n"
        f"Call {generated.prefix}_run(arena) between {generated.prefix}_input(arena) and"
        f" {generated.prefix}_output(arena).\n"
        "Next: automl-studio prove, which compiles this code and compares it with the model."
    )


ENTRY = Command(
    id="codegen",
    order=72,
    summary="write the C code of a model, which needs no runtime",
    arguments=_arguments,
    run=_run,
)
