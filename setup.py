"""Which folders an installed studio consists of; everything else is in pyproject.toml.

``assets/`` and ``projects/`` travel inside the package (see studio/resources.py).
"""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["studio", "studio.*"]), "studio._assets", "studio._projects"],
    package_dir={"studio._assets": "assets", "studio._projects": "projects"},
    exclude_package_data={"": ["**/__pycache__/*"]},
    package_data={"studio": ["**/*"], "studio._assets": ["**/*"], "studio._projects": ["**/*"]},
)
