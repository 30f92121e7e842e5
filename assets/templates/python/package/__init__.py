# SPDX-License-Identifier: Apache-2.0
"""A trained model with its preparation and its answers; no studio and no TensorFlow needed.

import ... as model
answer = model.Model().picture("photo.jpg")     # or .row({...}), .recording(values)
"""

from .core import NOT_SURE, Answer, Collector, Model, NotUsable

__all__ = ["NOT_SURE", "Answer", "Collector", "Model", "NotUsable"]
