"""The same search as `zoekindex`, asked of PostgreSQL alone: what the index is held against, in answers and in time.

It works on a temporary table of the same rows. `index()` gives that table the indexes that served best: GIN on the
kinds of work and GiST on the square somebody can reach.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from banenafspraak.bemiddeling import postcodes
from banenafspraak.bemiddeling.kenmerken import Zoekregel
from banenafspraak.bemiddeling.wens import Wens
from banenafspraak.bemiddeling.zoekindex import ERVARING, HOURS, KINDS, NEAR, POINTS, TOP, Treffer, Treffers

_TABLE = """
CREATE TEMPORARY TABLE zoekregel (
    profiel_id uuid, vanaf date, tot date, x float8, y float8, gemeente text, regio text, reisafstand int, vervoer int,
    least int, most int, dagen int, werksoorten text[], werkvelden text[], niveau int, ervaring text[], bereik box
)
"""
_INDEXES = """
CREATE INDEX ON zoekregel USING gin (werkvelden);
CREATE INDEX ON zoekregel USING gist (bereik);
CREATE INDEX ON zoekregel (niveau);
CREATE INDEX ON zoekregel (most);
ANALYZE zoekregel;
"""


def load(regels: Iterable[Zoekregel]) -> None:
    """Put the rows in a temporary table of this connection."""
    tabel = postcodes.table()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS zoekregel")
        cursor.execute(_TABLE)
        with cursor.copy("COPY zoekregel FROM STDIN") as copy:
            for one in regels:
                x, y = (float(tabel.x[one.plek]), float(tabel.y[one.plek])) if one.plek >= 0 else (0.0, 0.0)
                reach = one.reisafstand if one.plek >= 0 else None
                box = None if reach is None else f"({x + reach},{y + reach}),({x - reach},{y - reach})"
                place = (x, y) if one.plek >= 0 else (None, None)
                copy.write_row(
                    (
                        one.profiel_id,
                        one.vanaf,
                        one.tot,
                        *place,
                        one.gemeente,
                        one.regio,
                        one.reisafstand,
                        sum(1 << (v if v < 8 else 7) for v in one.vervoermiddelen),
                        one.uren_min or 0,
                        one.uren_max if one.uren_max is not None else one.uren_min,
                        one.dagen or 0,
                        list(one.werksoorten),
                        list(one.werkvelden),
                        one.niveau,
                        list(one.ervaring or ()),
                        box,
                    )
                )


def index() -> None:
    """Give the table its indexes."""
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES)


_FACETS = """
SELECT json_build_object(
    'aantal', (SELECT count(*) FROM g),
    'regio', (SELECT json_object_agg(regio, n) FROM (SELECT regio, count(*) AS n FROM g GROUP BY 1) AS t),
    'niveau', (SELECT json_object_agg(COALESCE(niveau::text, ''), n)
               FROM (SELECT niveau, count(*) AS n FROM g GROUP BY 1) AS t),
    'uren', (SELECT json_object_agg(u, n) FROM (
        SELECT COALESCE((%(hours)s::int[])[width_bucket(most, %(hours)s::int[])]::text, '') AS u, count(*) AS n
        FROM g GROUP BY 1) AS t),
    'dagen', (SELECT json_object_agg(d, n) FROM (
        SELECT 1 << bit AS d, count(*) AS n FROM g, generate_series(0, 6) AS bit WHERE dagen >> bit & 1 = 1 GROUP BY 1
    ) AS t),
    'werkveld', (SELECT json_object_agg(v, n) FROM (
        SELECT COALESCE(werkvelden[1], '') AS v, count(*) AS n FROM g GROUP BY 1) AS t),
    'werksoort', (SELECT json_object_agg(s, n) FROM (
        SELECT s, count(*) AS n FROM g, unnest(werksoorten[1:%(kinds)s]) AS s GROUP BY 1
        ORDER BY 2 DESC, s COLLATE "C" LIMIT 10) AS t),
    'beste', (SELECT json_agg(json_build_array(profiel_id, punten) ORDER BY punten DESC, profiel_id) FROM (
        SELECT profiel_id, punten FROM g ORDER BY punten DESC, profiel_id LIMIT %(top)s) AS t)
)
"""


def search(
    wens: Wens, *, peildatum: date, gemeenten: frozenset[str] | None = None, everybody: bool = False
) -> Treffers:
    """As `zoekindex.Zoekindex.search`, in one statement."""
    conditions: list[str] = [] if everybody else ["%(dag)s BETWEEN vanaf AND tot"]
    points: list[str] = []
    values: dict[str, Any] = {"dag": peildatum, "hours": list(HOURS), "kinds": KINDS, "top": TOP}
    if gemeenten is not None:
        conditions.append("gemeente = ANY (%(gemeenten)s)")
        values["gemeenten"] = sorted(gemeenten)
    if wens.plek is not None:
        fit, open_ = POINTS["plek"]
        values |= {"x": wens.plek.x, "y": wens.plek.y, "straal": wens.straal}
        # The square finds them by the index; the circle decides.
        conditions.append(
            "(bereik @> point(%(x)s, %(y)s) OR bereik IS NULL) AND (x IS NULL OR ("
            " (reisafstand IS NULL OR need <= LEAST(reisafstand, 254))"
            " AND (%(straal)s::int IS NULL OR distance <= %(straal)s)))"
        )
        points.append(
            f"CASE WHEN x IS NULL OR reisafstand IS NULL THEN {open_}"
            f" ELSE {fit} + {NEAR} - need * {NEAR} / GREATEST(LEAST(reisafstand, 254), 1) END"
        )
    if wens.werkvelden:
        values |= {"velden": sorted(wens.werkvelden), "soorten": list(wens.werksoorten)}
        conditions.append("(werkvelden && %(velden)s::text[] OR werkvelden = '{}')")
        points.append(
            f"CASE WHEN werksoorten && %(soorten)s::text[] THEN {POINTS['werk'][0]}"
            f" WHEN werkvelden = '{{}}' THEN {POINTS['werkveld'][1]} ELSE {POINTS['werkveld'][0]} END"
            f" + CASE WHEN ervaring && %(velden)s::text[] THEN {ERVARING} ELSE 0 END"
        )
    if wens.niveau is not None:
        values["niveau"] = wens.niveau
        conditions.append("(niveau IS NULL OR niveau >= %(niveau)s)")
        points.append(_points("niveau", "niveau IS NULL"))
    if wens.uren is not None:
        values["uren"] = wens.uren
        conditions.append("(most IS NULL OR %(uren)s BETWEEN least AND most)")
        points.append(_points("uren", "most IS NULL"))
    if wens.dagen:
        values["dagen"] = wens.dagen
        conditions.append("(dagen = 0 OR dagen & %(dagen)s = %(dagen)s)")
        points.append(_points("dagen", "dagen = 0"))
    if wens.gemotoriseerd:
        conditions.append("(vervoer = 0 OR vervoer & 22 > 0)")
        points.append(_points("vervoer", "vervoer = 0"))
    where = "sqrt((x - %(x)s) ^ 2 + (y - %(y)s) ^ 2)" if wens.plek is not None else "0"
    statement = f"""
        WITH g AS MATERIALIZED (
            SELECT profiel_id, regio, niveau, most, dagen, werkvelden, werksoorten,
                   {" + ".join(points) or "0"} AS punten
            FROM zoekregel CROSS JOIN LATERAL (SELECT {where} AS distance) AS a
            CROSS JOIN LATERAL (SELECT LEAST(ceil(distance), 254)::int AS need) AS b
            WHERE {" AND ".join(conditions) or "true"}
        ) {_FACETS}"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        [found] = cursor.fetchone()
    best = tuple(Treffer(UUID(one), points_) for one, points_ in found.pop("beste") or ())
    return Treffers(found.pop("aantal"), {name: counts or {} for name, counts in found.items()}, best)


def _points(part: str, unknown: str) -> str:
    fit, open_ = POINTS[part]
    return f"CASE WHEN {unknown} THEN {open_} ELSE {fit} END"
