"""Solids as boundary representations of ISO 10303-42: points, edges, faces, a closed shell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from .solids import Ball, Floats, Polyhedron, Shape, Tube

_NM = 1e-6  # of a millimetre


class Entities:
    """The numbered lines of a STEP file; points, directions and axes that are alike are one."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._known: dict[str, int] = {}

    def put(self, entity: str) -> int:
        """A new line; its number."""
        self.lines.append(entity)
        return len(self.lines)

    def once(self, entity: str) -> int:
        """The line that says this, a new one where none does yet."""
        if entity not in self._known:
            self._known[entity] = self.put(entity)
        return self._known[entity]

    def point(self, at: Iterable[float]) -> int:
        """A point, in nm."""
        return self.once(f"CARTESIAN_POINT('',({','.join(_real(value * _NM) for value in at)}))")

    def direction(self, way: Iterable[float]) -> int:
        """A direction of length 1."""
        return self.once(f"DIRECTION('',({','.join(map(_real, way))}))")

    def placement(self, at: Iterable[float], z: Iterable[float] = (0, 0, 1), x: Iterable[float] = (1, 0, 0)) -> int:
        """A place with its axes."""
        return self.once(f"AXIS2_PLACEMENT_3D('',#{self.point(at)},#{self.direction(z)},#{self.direction(x)})")

    def written(self) -> str:
        """All lines."""
        return "".join(f"#{number}={line};\n" for number, line in enumerate(self.lines, 1))

    @staticmethod
    def text(words: str) -> str:
        """Words inside quotation marks of a STEP file."""
        plain = words.replace("\\", "\\\\").replace("'", "''")
        return "".join(one if " " <= one <= "~" else f"\\X4\\{ord(one):08X}\\X0\\" for one in plain)


def _real(value: float) -> str:
    text = f"{value:.9f}".rstrip("0")
    return "0." if text in ("-0.", "0.") else text


def brep(entities: Entities, name: str, shape: Shape) -> int:
    """The solid of a shape."""
    if isinstance(shape, Polyhedron):
        faces = _flat_faces(entities, shape)
    else:
        faces = _ball_faces(entities, shape) if isinstance(shape, Ball) else _tube_faces(entities, shape)
    shell = entities.put(f"CLOSED_SHELL('',({_refs(faces)}))")
    return entities.put(f"MANIFOLD_SOLID_BREP('{Entities.text(name)}',#{shell})")


def _flat_faces(entities: Entities, shape: Polyhedron) -> list[int]:
    points = shape.points
    vertices = [entities.put(f"VERTEX_POINT('',#{entities.point(point)})") for point in points.tolist()]
    edges: dict[tuple[int, int], int] = {}

    def oriented(i: int, j: int) -> int:
        if (i, j) not in edges and (j, i) not in edges:
            way = points[j] - points[i]
            length = float(np.linalg.norm(way))
            vector = entities.put(f"VECTOR('',#{entities.direction((way / length).tolist())},{_real(length * _NM)})")
            line = entities.put(f"LINE('',#{entities.point(points[i].tolist())},#{vector})")
            edges[i, j] = entities.put(f"EDGE_CURVE('',#{vertices[i]},#{vertices[j]},#{line},.T.)")
        edge, same = (edges[i, j], ".T.") if (i, j) in edges else (edges[j, i], ".F.")
        return entities.put(f"ORIENTED_EDGE('',*,*,#{edge},{same})")

    faces = []
    for loops in shape.faces:
        bounds = []
        for number, loop in enumerate(loops):
            around = [oriented(i, j) for i, j in zip(loop, (*loop[1:], loop[0]))]
            bounds.append(_bound(entities, around, outer=number == 0))
        normal, across = _axes(points[list(loops[0])])
        plane = entities.put(f"PLANE('',#{entities.placement(points[loops[0][0]].tolist(), normal, across)})")
        faces.append(entities.put(f"ADVANCED_FACE('',({_refs(bounds)}),#{plane},.T.)"))
    return faces


def _axes(ring: Floats) -> tuple[list[float], list[float]]:
    """The normal of a flat loop, by Newell's sums, and the way of its longest edge."""
    following = np.roll(ring, -1, axis=0)
    normal = np.cross(ring - ring[0], following - ring[0]).sum(axis=0)
    ways = following - ring
    lengths = np.linalg.norm(ways, axis=1)
    longest = int(lengths.argmax())
    return (normal / np.linalg.norm(normal)).tolist(), (ways[longest] / lengths[longest]).tolist()


class _Rims:
    """Discs and the round sides between them: closed edges about the way that the solid runs, each with one vertex, and a seam
    on every side, where it meets itself."""

    def __init__(self, entities: Entities) -> None:
        self.entities = entities
        self.edges: list[int] = []
        self.vertices: list[int] = []
        self.faces: list[int] = []

    def rim(self, vertex: Iterable[float], curve: int) -> None:
        """One more closed edge along a curve, from this vertex on it."""
        put = self.entities.put
        self.vertices.append(put(f"VERTEX_POINT('',#{self.entities.point(vertex)})"))
        self.edges.append(put(f"EDGE_CURVE('',#{self.vertices[-1]},#{self.vertices[-1]},#{curve},.T.)"))

    def side(self, surface: int, along: int) -> None:
        """The face from the last rim but one to the last, with its seam along a curve."""
        seam = self.entities.put(f"EDGE_CURVE('',#{self.vertices[-2]},#{self.vertices[-1]},#{along},.T.)")
        around = [self._oriented(self.edges[-2], True), self._oriented(seam, True), self._oriented(self.edges[-1], False),
                  self._oriented(seam, False)]
        self._face(around, surface)

    def disc(self, edge: int, plane: int, onward: bool) -> None:
        """The flat face within a rim; ``onward`` where the solid ends there."""
        self._face([self._oriented(edge, onward)], plane)

    def _face(self, edges: Sequence[int], surface: int) -> None:
        bound = _bound(self.entities, edges, outer=True)
        self.faces.append(self.entities.put(f"ADVANCED_FACE('',(#{bound}),#{surface},.T.)"))

    def _oriented(self, edge: int, same: bool) -> int:
        return self.entities.put(f"ORIENTED_EDGE('',*,*,#{edge},{'.T.' if same else '.F.'})")


def _ball_faces(entities: Entities, ball: Ball) -> list[int]:
    put, made = entities.put, _Rims(entities)
    for z in (-ball.half, ball.half):
        made.rim((ball.face, 0, z), put(f"CIRCLE('',#{entities.placement((0, 0, z))},{_real(ball.face * _NM)})"))
    meridian = put(f"CIRCLE('',#{entities.placement((0, 0, 0), (0, -1, 0))},{_real(ball.radius * _NM)})")
    made.side(put(f"SPHERICAL_SURFACE('',#{entities.placement((0, 0, 0))},{_real(ball.radius * _NM)})"), meridian)
    for edge, z, onward in zip(made.edges, (-ball.half, ball.half), (False, True)):
        made.disc(edge, put(f"PLANE('',#{entities.placement((0, 0, z), (0, 0, 1 if onward else -1))})"), onward)
    return made.faces


def _tube_faces(entities: Entities, tube: Tube) -> list[int]:
    put, made, path, radius = entities.put, _Rims(entities), tube.points, tube.radius
    ways = np.diff(path, axis=0)
    ways /= np.linalg.norm(ways, axis=1)[:, None]
    level = np.cross(ways, (0.0, 0.0, 1.0))
    steepness = np.linalg.norm(level, axis=1)
    flattest = int(steepness.argmax())
    across = level[flattest] / steepness[flattest] if steepness[flattest] > 1e-9 else np.array((1.0, 0.0, 0.0))
    for k, spot in enumerate(path):
        # At a corner the two pieces meet in the plane that halves the angle between them, in an ellipse.
        normal = ways[max(k - 1, 0)] + ways[min(k, len(ways) - 1)]
        normal /= np.linalg.norm(normal)
        outwards, longer = np.cross(across, normal), radius / float(normal @ ways[min(k, len(ways) - 1)])
        place = entities.placement(spot.tolist(), normal.tolist(), outwards.tolist())
        kind = "CIRCLE" if longer - radius < 1e-6 * radius else "ELLIPSE"
        sizes = _real(radius * _NM) if kind == "CIRCLE" else f"{_real(longer * _NM)},{_real(radius * _NM)}"
        vertex = spot + longer * outwards
        made.rim(vertex.tolist(), put(f"{kind}('',#{place},{sizes})"))
        if k:
            way = ways[k - 1].tolist()
            axis = entities.placement(path[k - 1].tolist(), way, np.cross(across, ways[k - 1]).tolist())
            vector = put(f"VECTOR('',#{entities.direction(way)},1.)")
            made.side(put(f"CYLINDRICAL_SURFACE('',#{axis},{_real(radius * _NM)})"),
                      put(f"LINE('',#{entities.point(vertex.tolist())},#{vector})"))
    for edge, spot, way, onward in ((made.edges[0], path[0], -ways[0], False), (made.edges[-1], path[-1], ways[-1], True)):
        made.disc(edge, put(f"PLANE('',#{entities.placement(spot.tolist(), way.tolist(), across.tolist())})"), onward)
    return made.faces


def _bound(entities: Entities, edges: Sequence[int], outer: bool) -> int:
    loop = entities.put(f"EDGE_LOOP('',({_refs(edges)}))")
    return entities.put(f"FACE_{'OUTER_' * outer}BOUND('',#{loop},.T.)")


def _refs(numbers: Iterable[int]) -> str:
    return ",".join(f"#{number}" for number in numbers)
