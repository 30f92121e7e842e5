"""Structured pruning: whole channels go, so that file and RAM really shrink."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from studio.worker.converting.channels import channels_of, keep_channels, mixes
from studio.worker.converting.network import Network, tensors_of

__all__ = ["prune_channels", "worth_of_channels"]


def prune_channels(network: Network, share: float, inputs: NDArray[np.float32]) -> Network:
    """Return the network with the least useful channels taken out, before any fine-tuning.

    Of every set of channels that belong together the same share goes, at least one stays; the
    input's and the output's stay all.

    Args:
        network: What to prune.
        share: Of the channels, from 0 to 1.
        inputs: ``(inputs, ...)``, some of the training split, which tell what is used.
    """
    kept = {}
    for number, worth in worth_of_channels(network, inputs).items():
        stay = max(1, round(len(worth) * (1 - share)))
        kept[number] = np.sort(np.argsort(-worth, kind="stable")[:stay])
    return keep_channels(network, kept)


def worth_of_channels(
    network: Network, inputs: NDArray[np.float32]
) -> Mapping[int, NDArray[np.float64]]:
    """Return how much each channel tells the layers that read it, by the number of its set.

    The root mean square of the channel on the inputs, times the norm of the weights that read
    it, summed over the readers: what would be missing from their sums.

    Source:
        The norm of weights alone: Li, H. et al. (2016), Pruning Filters for Efficient ConvNets,
        arXiv 1608.08710. Weighed by how strong the channel is, a channel that is rarely more
        than zero counts for little whatever its weights.
    """
    channels = channels_of(network)
    squares = tensors_of(network, inputs, _squares)
    found: dict[int, NDArray[np.float64]] = {}
    for layer in filter(mixes, network.layers):
        number = channels.set_of[layer.inputs[0]]
        if number in channels.fixed:
            continue
        strength = np.sqrt(squares[layer.inputs[0]].mean(axis=0, dtype=np.float64))
        kernel = layer.weights[0].astype(np.float64)
        others = (*range(kernel.ndim - 2), kernel.ndim - 1)
        told = strength * np.sqrt(np.sum(kernel**2, axis=others))
        found[number] = found.get(number, 0.0) + told
    return found


def _squares(tensor: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean square of every channel, for each input."""
    found: NDArray[np.float32] = np.mean(tensor**2, axis=tuple(range(1, tensor.ndim - 1)))
    return found
