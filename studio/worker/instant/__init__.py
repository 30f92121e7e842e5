"""Instant models: learned in seconds with numpy, without TensorFlow, exportable all the same.

Their networks are the spaces ``instant-image``, ``instant-signal`` and ``instant-table``;
what is learned here are these networks' weights. Baselines are what cannot be exported.
"""

from studio.worker.instant.baselines import learn_baselines
from studio.worker.instant.distillation import distil
from studio.worker.instant.learning import learn, learn_one
from studio.worker.instant.records import Baseline, Learned, Material

__all__ = ["Baseline", "Learned", "Material", "distil", "learn", "learn_baselines", "learn_one"]
