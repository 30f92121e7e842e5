"""Whether a model fits a device, and what is known about it."""

from studio.compatibility.check import check_model
from studio.compatibility.facts import ModelFacts, facts_of
from studio.compatibility.latency import generated_latency
from studio.compatibility.limits import SearchLimits, search_limits
from studio.compatibility.onnx_facts import onnx_facts
from studio.compatibility.sensor import sensor_buffer
from studio.compatibility.sizes import size_text

__all__ = [
    "ModelFacts",
    "SearchLimits",
    "check_model",
    "facts_of",
    "generated_latency",
    "onnx_facts",
    "search_limits",
    "sensor_buffer",
    "size_text",
]
