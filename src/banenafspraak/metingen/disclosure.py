"""Controlled rounding: every published figure a multiple of its base, everything still adding up.

One integer programme for all regions, categories, totals, stocks and flows of a quarter, because figures that are
rounded apart can be subtracted from one another until the exact one is left. A figure goes to one of the two
multiples around it (persons 10, jobs 5); zero stays zero, and the whole moves the figures as little as it can. The
stock of the quarter before is taken as it was published. A quarter that is published again keeps what it said about
figures that did not change.

Where no such rounding exists the programme is widened, first by letting go of the kept figures, then by letting large
figures move one multiple further; the result says how many did. The same cells always give the same result: ties are
broken by a number made from the name of the cell.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix

from banenafspraak.metingen.kubus import Cel, Grootheid, Relation

BASIS: Mapping[str, int] = {str(grootheid): 5 if grootheid is Grootheid.BANEN else 10 for grootheid in Grootheid}
"""The multiple to which each quantity is rounded: 5 jobs, 10 persons."""

_WIDEST = 8
_MOVED = 1_000.0
_LET_GO = 50.0


class NietAfTeRonden(Exception):
    """No rounding lets everything add up; the cells or the earlier stock contradict each other."""


@dataclass(frozen=True)
class Afgerond:
    """A rounded cube. Cells that are not there are zero."""

    cellen: Mapping[Cel, int]
    versoepeld: tuple[Cel, ...]
    """Cells that had to move a base unit or more from their exact value."""
    losgelaten: tuple[Cel, ...]
    """Cells that did not change but could not keep the rounding of an earlier publication."""


def round_cube(
    exact: Mapping[Cel, Decimal],
    relations: Iterable[Relation],
    *,
    fixed: Mapping[Cel, int] | None = None,
    kept: Mapping[Cel, int] | None = None,
) -> Afgerond:
    """Round all cells together.

    `exact` holds whole persons and unrounded jobs; what is not in it is zero. `fixed` are cells with a published
    value that cannot change (in multiples of their base): they may occur in relations and are left out of the answer.
    `kept` is how unchanged cells were rounded before. Raises `NietAfTeRonden`.
    """
    fixed = fixed or {}
    kept = kept or {}
    cells: dict[Cel, int] = {}
    dropped: list[Cel] = []
    for part in _components(exact, relations, fixed):
        rounded, let_go = _round_part(part, exact, fixed, kept)
        cells |= rounded
        dropped += let_go
    moved = [cel for cel, value in cells.items() if abs(value - exact[cel]) >= BASIS[cel.grootheid]]
    return Afgerond(
        cellen={cel: value for cel, value in sorted(cells.items()) if value},
        versoepeld=tuple(sorted(moved)),
        losgelaten=tuple(sorted(dropped)),
    )


@dataclass(frozen=True)
class _Part:
    """Cells that hang together through relations, and no others: solving parts apart is solving the whole."""

    cells: Sequence[Cel]
    relations: Sequence[Relation]


def _components(exact: Mapping[Cel, Decimal], relations: Iterable[Relation], fixed: Mapping[Cel, int]) -> list[_Part]:
    parent: dict[Cel, Cel] = {cel: cel for cel in exact}

    def root(cel: Cel) -> Cel:
        while parent[cel] != cel:
            parent[cel] = parent[parent[cel]]
            cel = parent[cel]
        return cel

    found: list[tuple[Cel | None, Relation]] = []
    for relation in relations:
        named = (relation.totaal, *(cel for _, cel in relation.delen))
        present = [cel for cel in named if cel in exact]
        for other in present[1:]:
            parent[root(present[0])] = root(other)
        if present or any(fixed.get(cel) for cel in named):
            found.append((present[0] if present else None, relation))
    members: dict[Cel, list[Cel]] = defaultdict(list)
    for cel in sorted(exact):
        members[root(cel)].append(cel)
    checks: dict[Cel, list[Relation]] = defaultdict(list)
    for anchor, relation in found:
        if anchor is None:
            raise NietAfTeRonden(f"published before, and nothing now: {relation.reden}")
        checks[root(anchor)].append(relation)
    return [_Part(cells, checks[key]) for key, cells in sorted(members.items())]


def _round_part(
    part: _Part, exact: Mapping[Cel, Decimal], fixed: Mapping[Cel, int], kept: Mapping[Cel, int]
) -> tuple[dict[Cel, int], list[Cel]]:
    """Try as strict as possible, and one thing looser each time."""
    solution = _solve(part, exact, fixed, kept, wide=0, hold=True)
    if solution is None and any(cel in kept for cel in part.cells):
        solution = _solve(part, exact, fixed, kept, wide=0, hold=False)
    wide = 1
    while solution is None and wide <= _WIDEST:
        solution = _solve(part, exact, fixed, kept, wide=wide, hold=False)
        wide *= 2
    if solution is None:
        raise NietAfTeRonden(f"no rounding of {len(part.cells)} cells lets everything add up")
    return solution, [cel for cel in part.cells if cel in kept and solution[cel] != kept[cel]]


def _solve(
    part: _Part,
    exact: Mapping[Cel, Decimal],
    fixed: Mapping[Cel, int],
    kept: Mapping[Cel, int],
    *,
    wide: int,
    hold: bool,
) -> dict[Cel, int] | None:
    """One integer programme. Unknowns: the multiple of each cell, and beside it two costs.

    `over` is how far a cell goes outside the two multiples around it, `change` how far it leaves the multiple that was
    published before. Each is a continuous number held from below by the multiple, so that it costs what it is.
    """
    n = len(part.cells)
    base = np.array([BASIS[cel.grootheid] for cel in part.cells], dtype=float)
    low = np.array([exact[cel] // BASIS[cel.grootheid] for cel in part.cells], dtype=float)
    share = np.array(
        [float(exact[cel] / BASIS[cel.grootheid] - exact[cel] // BASIS[cel.grootheid]) for cel in part.cells]
    )
    high = low + (share > 0)
    before = np.array([kept[cel] / BASIS[cel.grootheid] if cel in kept else np.nan for cel in part.cells])
    is_kept = ~np.isnan(before)
    # Going up costs the distance to the upper multiple and saves that to the lower one; a multiple stays put.
    slope = np.where(share > 0, 1 - 2 * share, 0.0) + np.array([_tie(cel) for cel in part.cells])
    weight = _MOVED * (1 + 100 / (1 + low))
    lower, upper = (low - wide).clip(min=0), high + wide
    if hold:
        lower, upper = np.where(is_kept, before, lower), np.where(is_kept, before, upper)
        is_kept = np.zeros(n, dtype=bool)
    index = {cel: i for i, cel in enumerate(part.cells)}
    rows = _Rows()
    for relation in part.relations:
        total = 0.0
        terms = []
        for sign, cel in ((-1, relation.totaal), *relation.delen):
            if cel in index:
                terms.append((index[cel], float(sign) * base[index[cel]]))
            else:
                total -= sign * fixed.get(cel, 0)
        rows.add(terms, total, total)
    extra = n
    costs = [slope, np.zeros(0), np.zeros(0)]
    if wide:
        for i in range(n):
            rows.add([(extra + i, 1.0), (i, -1.0)], -high[i], np.inf)
            rows.add([(extra + i, 1.0), (i, 1.0)], low[i], np.inf)
        costs[1] = weight
        extra += n
    if is_kept.any():
        for j, i in enumerate(np.flatnonzero(is_kept).tolist()):
            rows.add([(extra + j, 1.0), (i, -1.0)], -before[i], np.inf)
            rows.add([(extra + j, 1.0), (i, 1.0)], before[i], np.inf)
        costs[2] = np.full(int(is_kept.sum()), _LET_GO)
    cost = np.concatenate(costs)
    free = len(cost) - n
    answer = milp(
        c=cost,
        integrality=np.concatenate([np.ones(n), np.zeros(free)]),
        bounds=Bounds(np.concatenate([lower, np.zeros(free)]), np.concatenate([upper, np.full(free, np.inf)])),
        constraints=rows.constraint(len(cost)),
        options={"mip_rel_gap": 0.0},
    )
    if answer.status == 2:
        return None
    if answer.x is None:
        raise NietAfTeRonden(f"the solver stopped: {answer.message}")
    return {cel: round(answer.x[i]) * BASIS[cel.grootheid] for i, cel in enumerate(part.cells)}


class _Rows:
    """Rows of a sparse constraint matrix, gathered one by one."""

    def __init__(self) -> None:
        self._row: list[int] = []
        self._column: list[int] = []
        self._value: list[float] = []
        self._low: list[float] = []
        self._high: list[float] = []

    def add(self, terms: Sequence[tuple[int, float]], low: float, high: float) -> None:
        for column, value in terms:
            self._row.append(len(self._low))
            self._column.append(column)
            self._value.append(value)
        self._low.append(low)
        self._high.append(high)

    def constraint(self, columns: int) -> LinearConstraint:
        shape = (len(self._low), columns)
        matrix = coo_matrix((self._value, (self._row, self._column)), shape=shape).tocsr()
        return LinearConstraint(matrix, np.array(self._low), np.array(self._high))


def _tie(cel: Cel) -> float:
    """A number of the cell alone, far below any real difference: so that there is one best rounding, everywhere."""
    digest = hashlib.sha256("|".join(map(str, cel)).encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32 * 1e-3
