"""The verdict: one model on one device, under the best of the device's runtimes."""

from __future__ import annotations

from studio.compatibility.facts import ModelFacts
from studio.compatibility.judging import Judged, best_of, operators_of
from studio.compatibility.latency import energy_of, latency_of
from studio.compatibility.limits import runtimes_for
from studio.compatibility.placement import accelerator_of, placement_findings, placement_of
from studio.compatibility.wording import engineer_phrase, findings, summary_phrase
from studio.domain.candidate import ArtifactFormat
from studio.domain.device import Device
from studio.domain.figure import Figure
from studio.domain.phrase import Phrase
from studio.domain.report import CompatibilityReport, Verdict

__all__ = ["check_model"]


def check_model(model: ModelFacts, device: Device) -> CompatibilityReport:
    """Return whether a model runs on a device and fits its memory.

    Each runtime of the device is judged; the report is about the best (see
    `studio.compatibility.judging.best_of`) and names the others. On a microcontroller both flash
    and RAM decide. Where there is an operating system, storage is a card or disk of the owner's
    choice and the RAM alone decides: all of it, less a range for the system. A limit that is not
    known never counts as kept.
    """
    runtimes = runtimes_for(device, model.format)
    if not runtimes:
        return _without_runtime(model, device)
    judged = tuple(Judged(model=model, device=device, runtime=runtime) for runtime in runtimes)
    best, *others = best_of(judged)
    runtime = best.runtime
    placing = accelerator_of(device) or runtime
    latency = latency_of(model, device, runtime)
    return CompatibilityReport(
        device_id=device.id,
        runtime=runtime.id,
        precision=model.precision,
        verdict=best.verdict,
        summary=summary_phrase(best),
        for_engineer=engineer_phrase(best),
        findings=(*findings(best), *placement_findings(model, placing)),
        memory=best.lines,
        flash=best.flash.needed,
        ram=best.ram.needed,
        flash_limit_bytes=device.flash_bytes.value,
        ram_limit_bytes=device.ram_bytes.value,
        limits_verified=all(region.limit.verified for region in best.regions),
        operators=operators_of(model, runtime),
        latency=latency,
        energy=energy_of(model, device, runtime, latency),
        placement=placement_of(model, placing) or placement_of(model, runtime),
        alternatives=tuple(one.as_alternative() for one in others),
        banks=best.banks,
    )


_FORMATS = {ArtifactFormat.TFLITE: "TensorFlow Lite", ArtifactFormat.ONNX: "ONNX"}


def _without_runtime(model: ModelFacts, device: Device) -> CompatibilityReport:
    why = (
        Phrase.of("no-reader", device=device.name, format=_FORMATS[model.format])
        if any(runtimes_for(device, format) for format in ArtifactFormat)
        else Phrase.of("no-runtime", device=device.name)
    )
    nothing = Figure.unknown("B", why.text())
    return CompatibilityReport(
        device_id=device.id,
        runtime="",
        precision=model.precision,
        verdict=Verdict.DOES_NOT_FIT,
        summary=Phrase.of("fit-runs-not", device=device.name),
        for_engineer=why,
        findings=(why,),
        memory=(),
        flash=nothing,
        ram=nothing,
        flash_limit_bytes=device.flash_bytes.value,
        ram_limit_bytes=device.ram_bytes.value,
        limits_verified=device.flash_bytes.verified and device.ram_bytes.verified,
        operators=operators_of(model, None),
        latency=Figure.unknown("ms", why.text()),
        energy=Figure.unknown("uJ", why.text()),
    )
