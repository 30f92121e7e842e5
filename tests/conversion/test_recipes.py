"""Recipes are data; what can run each is what the runtimes say of themselves."""

from __future__ import annotations

import pytest

from studio.conversion import CATALOGUE, RECIPES, REMEDIES, find_recipe, runtimes_of
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.errors import ModelError


def test_every_recipe_is_named_by_what_it_makes():
    assert set(CATALOGUE) == {
        *("float32-tflite", "float16-tflite", "dynamic-tflite", "int8-tflite", "int16x8-tflite"),
        *("int8-pruned-tflite", "float32-onnx", "int8-onnx"),
    }
    assert set(RECIPES) <= set(CATALOGUE.values())
    assert len({recipe.suffix for recipe in CATALOGUE.values()}) == len(CATALOGUE)


def test_every_remedy_a_recipe_names_is_known_and_used():
    named = {remedy for recipe in CATALOGUE.values() for remedy in recipe.remedies}
    assert named == set(REMEDIES)
    assert not [r.id for r in CATALOGUE.values() if r.remedies and not r.is_integer]


@pytest.mark.parametrize(
    ("recipe", "runtimes"),
    [
        ("int8-tflite", {"litert", "tflite-micro"}),
        ("int16x8-tflite", {"litert", "tflite-micro"}),
        ("float16-tflite", {"litert"}),
        ("dynamic-tflite", {"litert"}),
        ("int8-onnx", {"onnx-runtime"}),
    ],
)
def test_runtimes(recipe, runtimes):
    assert set(runtimes_of(CATALOGUE[recipe])) >= runtimes
    assert ("tflite-micro" in runtimes_of(CATALOGUE[recipe])) == ("tflite-micro" in runtimes)


def test_a_recipe_is_found_by_its_short_name():
    found = find_recipe("int8")
    assert (found.precision, found.format) == (Precision.INT8, ArtifactFormat.TFLITE)
    assert find_recipe("int8-onnx").format is ArtifactFormat.ONNX
    with pytest.raises(ModelError) as caught:
        find_recipe("int4")
    assert caught.value.code == "model.unknown_recipe"
    assert "int16x8-tflite" in str(caught.value)
