"""Converting a candidate by recipes, each file judged, and helped where it lost too much."""

from __future__ import annotations

from typing import Any

from studio.conversion import CATALOGUE, ConvertSpec
from studio.domain.errors import StudioError
from studio.jobs import JobDirectory, JournalWriter
from studio.runtimes.tflite_micro import ArenaMeter
from studio.search import Order
from studio.worker.control import Control
from studio.worker.kind import JobKind

__all__ = ["ENTRY"]


def run(
    data: dict[str, Any], directory: JobDirectory, journal: JournalWriter, control: Control
) -> None:
    """Make a file by every recipe; one that fails does not stop the others."""
    # Imported here, so that the other kinds of job need not wait for TensorFlow.
    import tensorflow as tf

    tf.config.experimental.enable_op_determinism()
    from studio.worker.building import Bench
    from studio.worker.converting.dead import drop_dead_channels
    from studio.worker.converting.making import Maker
    from studio.worker.converting.network import network_of
    from studio.worker.converting.telling import Teller, material_of

    spec = ConvertSpec.from_json(data)
    journal.write("job_started", durable=True, kind="convert", resumed=0)

    def tell(step: str) -> None:
        journal.write("step", sentence=step)

    with ArenaMeter() as meter:
        variants = {spec.variant: spec.preprocessing}
        bench = Bench(directory, meter, classes=spec.classes, variants=variants)
        network = drop_dead_channels(network_of(bench.network_of(_order(spec))))
        teller = Teller(bench, spec, network)
        material = material_of(bench, spec, control.check)
        maker = Maker(network, material, spec.limits, tell)
        for recipe in map(CATALOGUE.__getitem__, spec.recipes):
            control.check()
            journal.write("recipe_started", recipe=recipe.id)
            try:
                made = maker.make(recipe)
                file = directory.add_artifact(f"model_{recipe.suffix}", made.content)
                found = teller.told(recipe, made, file)
            except StudioError as error:
                told = {"code": error.code, "sentence": str(error)}
                journal.write("recipe_failed", durable=True, recipe=recipe.id, **told)
                continue
            journal.write("recipe_finished", durable=True, **found.as_json())
    journal.write("job_finished", durable=True, why="done")


def _order(spec: ConvertSpec) -> Order:
    return Order(
        trial=spec.trial,
        space=spec.space,
        hyperparameters={**spec.hyperparameters, "input": spec.variant},
        seed=spec.seed,
        rung=0,
        share=0.0,
        weights=spec.weights,
    )


ENTRY = JobKind(id="convert", run=run)
"""Started by `studio.app.converting`."""
