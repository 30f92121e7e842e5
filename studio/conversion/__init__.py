"""What a trained model is converted to, and how each file is run to check it."""

from studio.conversion.recipes import RECIPES, Recipe
from studio.conversion.verification import outputs_of

__all__ = ["RECIPES", "Recipe", "outputs_of"]
