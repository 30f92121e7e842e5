"""What a trained model is converted to, how each file is checked, and what helps a bad one."""

from studio.conversion.gate import agreement, judge
from studio.conversion.job import ConvertFileSpec, ConvertSpec
from studio.conversion.recipes import CATALOGUE, RECIPES, Recipe, find_recipe, runtimes_of
from studio.conversion.remedies import REMEDIES
from studio.conversion.representatives import representatives
from studio.conversion.verification import outputs_of

__all__ = [
    "CATALOGUE",
    "RECIPES",
    "REMEDIES",
    "ConvertFileSpec",
    "ConvertSpec",
    "Recipe",
    "agreement",
    "find_recipe",
    "judge",
    "outputs_of",
    "representatives",
    "runtimes_of",
]
