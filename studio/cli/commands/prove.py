"""``prove``: is the C code the model, and what does it take on a device?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import find_source, prove_c_code
from studio.cli.arguments import positive
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.commands.codegen import add_model
from studio.cli.proofs import proof_document, proof_failure, proof_text

_INPUTS = 200


def _arguments(parser: ArgumentParser) -> None:
    add_model(parser)
    parser.add_argument(
        "--inputs",
        metavar="N",
        type=positive,
        default=_INPUTS,
        help=f"random inputs to compare on (default: {_INPUTS})",
    )
    parser.add_argument(
        "--emulate", action="store_true", help="run it on an emulated core as well (needs QEMU)"
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    source = find_source(options.model, options.candidate, options.device)
    surroundings.terminal.live("Compiling and comparing")
    proof = prove_c_code(
        source, options.device, options.kernels, count=options.inputs, emulate=options.emulate
    )
    return Outcome(
        document=proof_document(proof), text=proof_text(proof), failure=proof_failure(proof)
    )


ENTRY = Command(
    id="prove",
    order=74,
    summary="compile a model's C code and compare it with the model, byte by byte",
    arguments=_arguments,
    run=_run,
)
