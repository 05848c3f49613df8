"""STEP models as OpenCASCADE reads them: valid solids, as many as there should be, of the right volume and box."""

from __future__ import annotations

from math import pi
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from overmold.model3d import FINISHED, INSIDE, step_model
from overmold.model3d.part21 import step_file
from overmold.model3d.scene import scene
from overmold.model3d.solids import Ball, Polyhedron, Tube
from overmold.package_file import read_package_file
from paths import DEMO, REPOSITORY

pytest.importorskip("OCP", reason="OpenCASCADE is not installed (pip install cadquery-ocp-novtk)")

FILES = [DEMO, *sorted((REPOSITORY / "examples").glob("*.yaml"))]


def read(path: Path) -> Any:
    from OCP.IFSelect import IFSelect_RetDone
    from OCP.STEPControl import STEPControl_Reader

    reader = STEPControl_Reader()
    assert reader.ReadFile(str(path)) == IFSelect_RetDone
    reader.TransferRoots()
    return reader.OneShape()


def solids(shape: Any) -> list[Any]:
    from OCP.TopAbs import TopAbs_SOLID
    from OCP.TopExp import TopExp_Explorer

    found, explorer = [], TopExp_Explorer(shape, TopAbs_SOLID)
    while explorer.More():
        found.append(explorer.Current())
        explorer.Next()
    return found


def volume(shape: Any) -> float:
    from OCP.BRepGProp import BRepGProp
    from OCP.GProp import GProp_GProps

    props = GProp_GProps()
    BRepGProp.VolumeProperties_s(shape, props)
    return float(props.Mass())


def due_volume(shape: Any) -> float:
    """Of one solid in mm³, by formula; a tube's mitres take from one piece what they give to the other."""
    if isinstance(shape, Ball):
        return 1e-18 * pi * 2 * shape.half * (shape.face**2 + 2 / 3 * shape.half**2)
    if isinstance(shape, Tube):
        return 1e-18 * pi * shape.radius**2 * float(np.linalg.norm(np.diff(shape.points, axis=0), axis=1).sum())
    assert isinstance(shape, Polyhedron)
    rings = [shape.points[list(loop)] for face in shape.faces for loop in face]
    return 1e-18 * sum(float(np.cross(ring[0], ring[k]) @ ring[k + 1]) for ring in rings for k in range(1, len(ring) - 1)) / 6


@pytest.mark.parametrize("view", [FINISHED, INSIDE])
@pytest.mark.parametrize("path", FILES, ids=lambda one: one.stem)
def test_solids_are_valid_and_have_their_volume(path: Path, view: str, tmp_path: Path) -> None:
    from OCP.BRepCheck import BRepCheck_Analyzer

    package = read_package_file(path)
    (tmp_path / "all.step").write_bytes(step_model(package, view))
    due = scene(package, view)
    assert len(solids(read(tmp_path / "all.step"))) == sum(len(one.at) for one in due)
    for number, one in enumerate(due[:40]):
        (tmp_path / f"{number}.step").write_bytes(step_file("one", [one.alone()]))
        (found,) = solids(read(tmp_path / f"{number}.step"))
        assert BRepCheck_Analyzer(found).IsValid(), one.name
        assert volume(found) == pytest.approx(due_volume(one.shape), rel=1e-4), one.name
