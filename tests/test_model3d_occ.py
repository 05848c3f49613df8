"""STEP models as OpenCASCADE reads them: valid solids, as many as there should be, of the right volume and in the right box."""

from __future__ import annotations

from math import pi
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from overmold.model3d import FINISHED, INSIDE, TRANSLUCENT, step_model
from overmold.model3d.scene import scene
from overmold.model3d.solids import Ball, Floats, Polyhedron, Tube
from overmold.package_file import read_package_file
from paths import DEMO, REPOSITORY

pytest.importorskip("OCP", reason="OpenCASCADE has no wheels for this Python")

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


def boxed(shape: Any) -> Floats:
    """Least and greatest corner, in mm."""
    from OCP.Bnd import Bnd_Box
    from OCP.BRepBndLib import BRepBndLib

    box = Bnd_Box()
    BRepBndLib.AddOptimal_s(shape, box, False, False)
    return np.array([(corner.X(), corner.Y(), corner.Z()) for corner in (box.CornerMin(), box.CornerMax())])


def due_box(shape: Any) -> Floats:
    """That of one solid by its points, in mm; of a tube that of the line in its middle."""
    if isinstance(shape, Ball):
        return 1e-6 * np.array([(-shape.radius, -shape.radius, -shape.half), (shape.radius, shape.radius, shape.half)])
    return 1e-6 * np.array((shape.points.min(axis=0), shape.points.max(axis=0)))


def reach(shape: Any) -> float:
    """How far a solid may be from its due box, in mm: a tube as wide as its mitres, all else by no more than rounding."""
    return 1e-6 * shape.radius * 2 if isinstance(shape, Tube) else 2e-5


# What is seen through has everything that the other two views have.
@pytest.mark.parametrize(("path", "view"), [*((path, TRANSLUCENT) for path in FILES), (DEMO, FINISHED), (DEMO, INSIDE)],
                         ids=lambda one: one if isinstance(one, str) else one.stem)
def test_solids_are_valid_and_have_their_volume_and_their_box(path: Path, view: str, tmp_path: Path) -> None:
    from OCP.BRepCheck import BRepCheck_Analyzer
    from OCP.TopLoc import TopLoc_Location

    package = read_package_file(path)
    (tmp_path / "all.step").write_bytes(step_model(package, view))
    # What a solid is, less its place: equal ones are one shape in many places.
    alike: dict[int, tuple[Any, list[Floats]]] = {}
    for solid in solids(read(tmp_path / "all.step")):
        way = solid.Location().Transformation().TranslationPart()
        alone = solid.Located(TopLoc_Location())
        alike.setdefault(hash(alone), (alone, []))[1].append(np.array((way.X(), way.Y(), way.Z())))
    due = list(scene(package, view))
    assert len(alike) == len(due)
    for found, ways in alike.values():
        assert BRepCheck_Analyzer(found).IsValid()
        size, box = volume(found), boxed(found)
        # The one of the scene that it is: of its volume, in its places, within its box.
        places = np.array(sorted(map(tuple, np.round(np.array(ways), 6).tolist())))
        matches = [one for one in due if len(one.at) == len(ways)
                   and size == pytest.approx(due_volume(one.shape), rel=1e-4)
                   and np.allclose(np.array(sorted(map(tuple, (one.at * 1e-6).tolist()))), places, atol=2e-6)
                   and (np.abs(box - due_box(one.shape)) <= reach(one.shape)).all()]
        assert matches, (size, box, len(ways))
        due.remove(matches[0])
    assert due == []
