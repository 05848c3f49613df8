"""The shapes of a package in 3-D: which files they are in, how KiCad finds these, and what stands in them."""

from __future__ import annotations

from ...model3d import FINISHED, INSIDE, step_model
from ...package import Package

PROJECT = "${KIPRJMOD}"  # KiCad's name for the folder of the project


def finished_model(name: str) -> str:
    """The file with the finished package, as seen from the project's folder."""
    return f"{name}.3dshapes/{name}.step"


def inside_model(name: str) -> str:
    """The file with what is inside it, for the carrier's own board."""
    return f"{name}.3dshapes/{name}_inside.step"


def model_files(package: Package, finished: str = FINISHED) -> dict[str, bytes]:
    """Both files by their paths; ``finished`` is how the finished package is seen: FINISHED or TRANSLUCENT."""
    name = package.name
    return {finished_model(name): step_model(package, finished), inside_model(name): step_model(package, INSIDE)}


def in_project(path: str) -> tuple[str, ...]:
    """The model of a footprint of that project."""
    return (f"{PROJECT}/{path}",)
