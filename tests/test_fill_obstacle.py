"""The front by another road: the pressure summed up over time solves an obstacle problem, here by finite elements (scikit-fem).

With u = ∫ p dt, div(h³/12 ∇u) = h where u > 0, u = t at the gate, u >= 0 everywhere (Baiocchi; Elliott and Janovský for
Hele-Shaw). Every moment stands for itself: no steps, no front to follow, no volumes of cells.
"""

from __future__ import annotations

import numpy as np
import pytest

from fill_cavity import cavity, filled
from overmold.fill.cells import Cells

skfem = pytest.importorskip("skfem")


def stiffness(x, y, height):  # type: ignore[no-untyped-def]
    """Of one sheet: the matrix of h³/12 and the volume around each node; lines in um, heights by cell."""
    from skfem.helpers import dot, grad

    mesh = skfem.MeshQuad.init_tensor(x, y)
    basis = skfem.Basis(mesh, skfem.ElementQuad1())
    flat = basis.with_element(skfem.ElementQuad0())
    i, j = (np.searchsorted(lines, mesh.p[axis][mesh.t].mean(axis=0)) - 1 for axis, lines in ((0, x), (1, y)))
    high = flat.interpolate(height[i, j])

    @skfem.BilinearForm
    def conducts(u, v, w):  # type: ignore[no-untyped-def]
        return w["h"] ** 3 / 12 * dot(grad(u), grad(v))

    @skfem.LinearForm
    def holds(v, w):  # type: ignore[no-untyped-def]
        return w["h"] * v

    return conducts.assemble(basis, h=high), holds.assemble(basis, h=high), mesh.p


def glued(cells: Cells):  # type: ignore[no-untyped-def]
    """Both sheets as one: the gap's rim is the street beside it."""
    from scipy import sparse

    under = cells.high[1] > 0
    columns, rows = np.flatnonzero(under.any(axis=1)), np.flatnonzero(under.any(axis=0))
    x, y = cells.x[columns[0]:columns[-1] + 2], cells.y[rows[0]:rows[-1] + 2]
    k0, f0, p0 = stiffness(cells.x, cells.y, cells.high[0] - cells.low[0])
    k1, f1, p1 = stiffness(x, y, (cells.high[1] - cells.low[1])[np.ix_(columns, rows)])
    rim = (p1[0] == x[0]) | (p1[0] == x[-1]) | (p1[1] == y[0]) | (p1[1] == y[-1])
    where = {spot: number for number, spot in enumerate(zip(*p0.tolist()))}
    number = len(f0) + np.cumsum(~rim) - 1
    number[rim] = [where[spot] for spot in zip(*p1[:, rim].tolist())]
    size = len(f0) + int((~rim).sum())
    k1 = k1.tocoo()
    whole = sparse.coo_matrix(k0, (size, size)) if k0.shape[0] == size else sparse.block_diag(
        (k0, sparse.csr_matrix((size - len(f0),) * 2)))
    matrix = (whole + sparse.coo_matrix((k1.data, (number[k1.row], number[k1.col])), (size, size))).tocsr()
    load = np.concatenate((f0, np.zeros(size - len(f0)))) + np.bincount(number, f1, size)
    return matrix, load, np.flatnonzero(p0[0] == cells.x[0]), (number, f1)


def wet_at(moment, matrix, load, gate):  # type: ignore[no-untyped-def]
    """Which nodes the front has passed: the active set of the obstacle problem."""
    from scipy.sparse.linalg import spsolve

    u = np.zeros(len(load))
    wet = np.zeros(len(load), bool)
    wet[gate] = True
    fixed = np.zeros(len(load), bool)
    fixed[gate] = True
    scale = matrix.diagonal().mean()
    for _ in range(400):
        free = np.flatnonzero(wet & ~fixed)
        u[:] = 0
        u[gate] = moment
        if len(free):
            u[free] = spsolve(matrix[free][:, free].tocsc(), -load[free] - matrix[free][:, gate] @ u[gate])
        new = fixed | (u - (matrix @ u + load) / scale > 0)
        if (new == wet).all():
            return wet
        wet = new
    raise AssertionError("the active set does not settle")


def test_the_front_stands_where_an_obstacle_problem_puts_it() -> None:
    cells = cavity((48, 48), (10, 10), 1.2)
    graph, arrival = filled(cells)
    matrix, load, gate, (number, volume) = glued(cells)
    gap = graph.part == 2
    for share in (.3, .5, .7):
        moment = share * arrival.end
        wet = wet_at(moment, matrix, load, gate)
        theirs = volume[wet[number]].sum() / volume.sum()
        ours = graph.volume[gap & (arrival.time <= moment)].sum() / graph.volume[gap].sum()
        assert ours == pytest.approx(theirs, abs=.04)
        assert graph.volume[arrival.time <= moment].sum() / graph.volume.sum() == pytest.approx(
            load[wet].sum() / load.sum(), abs=.03)
