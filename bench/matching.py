"""How good the order of matching is, how long it takes, and whom it shows, on a synthetic Netherlands.

Every person has a public profile in PostgreSQL; the index reads them there. The truth is planted (`_waarheid` says how,
and why it is not our score): it knows for each pair the chance that the two would still be together after half a year.

- `ndcg10`: NDCG@10 of `matching` over `--vraag` vacatures (gain: that chance), everybody a candidate.
  `ndcg10_filter`: a plain filter on the same records, as people use now: the same kind of work, all known answers
  within what is asked, unknown ones let through, the nearest first; with fewer than ten, the same werkveld after them.
  `ndcg10_bm25`: text search (BM25, bm25s) with the words of the vacature in the words of the profiles, among who is
  within reach. `ndcg10_traits`: ordered by the hidden traits themselves, which no record holds: the most there is.
- `p95_ms`: one vacature against everybody: what changed is read, everybody gets points, the best 25 come back with
  every reason and sentence, read anew from PostgreSQL. `rank_p95_ms` is the order alone.
- `all_vacancies_s`: the best 20 for each of `--alle` open vacatures, one after another on one core.
- `person_p95_ms`: one person against all those vacatures, with reasons for the best 20.
- `fairness`: of the attention in all those lists (1 / log2(place + 1)), the part that goes to each group, divided by
  its share of the people; 1 is its share. `truth` is the same for the order by hidden traits, over the `--vraag`
  vacatures: what the work and the people themselves make of it. Ground and sex are no input of matching at all.
- `points_agree`: for a sample of pairs, whether the columns gave the points of the pure function.

`--mensen N`, `--alle N` and `--vraag N` change the sizes; `--snel` is 6,000 people, 150 vacatures and 80 judged.
"""

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import numpy as np

from bench import peak_mb, ready
from bench._waarheid import GRONDEN, Baan, Wereld, people, regels, suitability, vacatures

TOP = 10
LIST = 20
_DISCOUNT = 1 / np.log2(np.arange(2, LIST + 2))


def main(argv: list[str]) -> dict[str, Any]:
    """Measure."""
    parser = argparse.ArgumentParser(prog="bench.matching")
    parser.add_argument("--mensen", type=int, default=200_000)
    parser.add_argument("--alle", type=int, default=5_000, help="open vacatures")
    parser.add_argument("--vraag", type=int, default=300, help="vacatures of which the order is judged")
    parser.add_argument("--snel", action="store_true", help="6,000 people, 150 vacatures, 80 judged")
    options = parser.parse_args(argv)
    sizes = (6_000, 150, 80) if options.snel else (options.mensen, options.alle, options.vraag)
    with ready("matchen"):
        return _measure(*sizes)


def _measure(number: int, every: int, judged: int) -> dict[str, Any]:
    from django.utils import timezone

    from banenafspraak.bemiddeling.matchindex import INDEX

    now = timezone.now()
    today = timezone.localtime(now).date()
    begin = time.perf_counter()
    wereld = people(number)
    ids = _seed(wereld, now)
    seeded = time.perf_counter() - begin
    begin = time.perf_counter()
    INDEX.refresh(today)
    built = time.perf_counter() - begin
    banen = vacatures(every, today)
    gc.collect()
    gc.freeze()
    row_of = {pk: at for at, pk in enumerate(ids)}

    def ours(baan: Baan, limit: int = TOP) -> list[int]:
        found = INDEX.rank(baan.vraag, peildatum=today, limit=limit, zaad=baan.zaad)
        return [row_of[pk] for pk, _ in found.beste]

    answer = _quality(wereld, banen[:judged], ours)
    answer["p95_ms"], answer["p50_ms"], answer["rank_p95_ms"] = _one_vacature(banen[:300], today)
    answer["points_agree"] = _agree(wereld, ids, banen[:20], today)
    begin = time.perf_counter()
    lists = [ours(baan, LIST) for baan in banen]
    answer["all_vacancies_s"] = round(time.perf_counter() - begin, 1)
    answer["person_p95_ms"] = _one_person(wereld, ids, banen, today)
    truth = [_order(suitability(wereld, baan)[1])[:LIST].tolist() for baan in banen[:judged]]
    return answer | {
        "fairness": _fairness(wereld, lists, truth),
        "people": number,
        "vacancies": every,
        "judged": judged,
        "seed_s": round(seeded, 1),
        "build_s": round(built, 1),
        "index_mb": round(INDEX.size / 1e6, 1),
        "peak_mb": peak_mb(),
    }


def _order(score: np.ndarray) -> np.ndarray:
    """The best rows first, as far as a list goes; equals as they come."""
    best = np.argpartition(-score, LIST)[: LIST + 1] if len(score) > LIST + 1 else np.arange(len(score))
    return best[np.lexsort((best, -score[best]))]


# --- How good -----------------------------------------------------------------------------------------------------


def _quality(wereld: Wereld, banen: Sequence[Baan], ours: Callable[[Baan], list[int]]) -> dict[str, Any]:
    text, plain = _Text(wereld), _Filter(wereld)
    rankings: dict[str, Callable[[Baan], Sequence[int]]] = {
        "ndcg10": ours,
        "ndcg10_filter": plain.rank,
        "ndcg10_bm25": text.rank,
    }
    scores: dict[str, list[float]] = {name: [] for name in (*rankings, "ndcg10_traits")}
    for baan in banen:
        gain, odds = suitability(wereld, baan)
        for name, rank in rankings.items():
            scores[name].append(ndcg(gain, rank(baan)))
        scores["ndcg10_traits"].append(ndcg(gain, _order(odds)))
    answer: dict[str, Any] = {name: round(float(np.mean(values)), 4) for name, values in scores.items()}
    better = np.array(scores["ndcg10"]) - np.maximum(scores["ndcg10_filter"], scores["ndcg10_bm25"])
    # How sure: the standard error of the difference with the better of the two, vacature by vacature.
    answer["ndcg10_ahead"] = round(float(better.mean()), 4)
    answer["ndcg10_ahead_error"] = round(float(better.std(ddof=1) / len(better) ** 0.5), 4)
    return answer


def ndcg(gain: np.ndarray, order: Sequence[int] | np.ndarray, top: int = TOP) -> float:
    """NDCG at `top` of an order of rows, with these gains; 1 for the best there can be."""
    best = np.sort(np.partition(gain, len(gain) - top)[-top:])[::-1] if len(gain) > top else np.sort(gain)[::-1]
    discount = 1 / np.log2(np.arange(2, top + 2))
    shown = gain[np.asarray(order[:top], dtype=np.int64)]
    return float((shown * discount[: len(shown)]).sum() / (best * discount[: len(best)]).sum())


class _Filter:
    """The plain filter: what is known must fit, what is unknown passes, the nearest first."""

    def __init__(self, wereld: Wereld) -> None:
        from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN

        self.wereld = wereld
        self.of_kind: dict[str, list[int]] = {}
        self.of_field: dict[str, list[int]] = {}
        for at, wanted in enumerate(wereld.kinds):
            for code in wanted:
                self.of_kind.setdefault(code, []).append(at)
            for werkveld in {WERKSOORTEN[code].werkveld for code in wanted}:
                self.of_field.setdefault(werkveld, []).append(at)
        self.motor = np.array([bool({1, 2, 4} & set(one)) for one in wereld.vervoer])
        self.transport = np.array([bool(one) for one in wereld.vervoer])

    def rank(self, baan: Baan) -> list[int]:
        """The rows that come through."""
        from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN

        [code] = baan.vraag.werksoorten
        found = self._fitting(baan, self.of_kind.get(code, []))
        if len(found) < TOP:
            wider = self._fitting(baan, self.of_field.get(WERKSOORTEN[code].werkveld, []))
            found += [row for row in wider if row not in set(found)]
        return found[:TOP]

    def _fitting(self, baan: Baan, some: list[int]) -> list[int]:
        w, vraag = self.wereld, baan.vraag
        rows = np.array(some, dtype=np.int64)
        km = np.hypot(w.x[rows] - vraag.plek[0], w.y[rows] - vraag.plek[1])
        fits = (w.reisafstand[rows] < 0) | (km <= w.reisafstand[rows])
        if vraag.uren_min is not None:
            fits &= (w.uren[rows] < 0) | (w.uren[rows] >= vraag.uren_min)
        if vraag.dagen:
            fits &= (w.dagen[rows] < 0) | (w.dagen[rows] & vraag.dagen == vraag.dagen)
        if vraag.niveau is not None:
            fits &= (w.niveau[rows] < 0) | (w.niveau[rows] >= vraag.niveau)
        if vraag.taal is not None:
            fits &= (w.taal[rows] < 0) | (w.taal[rows] >= vraag.taal)
        if vraag.rijbewijzen:
            fits &= w.rijbewijs[rows] != 0
        if vraag.vervoermiddelen:
            fits &= ~self.transport[rows] | self.motor[rows]
        if vraag.onregelmatig:
            fits &= w.tijden[rows] != 2
        rows, km = rows[fits], km[fits]
        return [int(row) for row in rows[np.lexsort((rows, km))]]


class _Text:
    """Text search: the words of a vacature in the words of the profiles, among who is within reach."""

    def __init__(self, wereld: Wereld) -> None:
        import random

        import bm25s

        from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN, WERKVELDEN

        chance = random.Random(5)
        self.wereld = wereld

        def words_of(code: str) -> list[str]:
            one = WERKSOORTEN[code]
            return _tokens(f"{chance.choice([one.naam, *one.synoniemen])} {WERKVELDEN[one.werkveld]}")

        corpus = [
            [word for code in (*wanted, *(past or ())) for word in words_of(code)]
            for wanted, past in zip(wereld.kinds, wereld.past, strict=True)
        ]
        self.engine = bm25s.BM25()
        self.engine.index(corpus, show_progress=False)

    def rank(self, baan: Baan) -> np.ndarray:
        """The rows with the best score."""
        from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN, WERKVELDEN

        w, [code] = self.wereld, baan.vraag.werksoorten
        one = WERKSOORTEN[code]
        words = list(_tokens(f"{baan.titel} {one.naam} {WERKVELDEN[one.werkveld]}"))
        known = self.engine.vocab_dict
        score = np.asarray(self.engine.get_scores([word for word in words if word in known]), dtype=float)
        km = np.hypot(w.x - baan.vraag.plek[0], w.y - baan.vraag.plek[1])
        reach = np.where(w.reisafstand < 0, 30, w.reisafstand)
        return _order(np.where(km <= reach, score, -1.0))


def _tokens(text: str) -> list[str]:
    from banenafspraak.bemiddeling.werksoorten import _EMPTY, _stem, plain

    return [_stem(word) for word in plain(text).split() if word not in _EMPTY]


# --- How long -----------------------------------------------------------------------------------------------------


def _one_vacature(banen: Sequence[Baan], today: Any) -> tuple[float, float, float]:
    from django.db import transaction

    from banenafspraak.bemiddeling import matchzinnen, passend
    from banenafspraak.bemiddeling.matchindex import INDEX

    whole, order = [], []
    for baan in banen:
        begin = time.perf_counter()
        with transaction.atomic():
            INDEX.refresh(today)
            between = time.perf_counter()
            found = INDEX.rank(baan.vraag, peildatum=today, limit=25, zaad=baan.zaad)
            order.append((time.perf_counter() - between) * 1000)
            told = passend.reasons_of([pk for pk, _ in found.beste], baan.vraag)
            for uitslag in told.values():
                for reden in uitslag.redenen:
                    matchzinnen.tekst(reden, aan_de_persoon=False)
        whole.append((time.perf_counter() - begin) * 1000)
        assert [told[pk].telling for pk, _ in found.beste] == [points for _, points in found.beste]
    return _percentile(whole, 95), _percentile(whole, 50), _percentile(order, 95)


def _one_person(wereld: Wereld, ids: list[UUID], banen: Sequence[Baan], today: Any) -> float:
    from banenafspraak.bemiddeling import matchzinnen, passend, postcodes
    from banenafspraak.bemiddeling.matchindex import mens_of

    tabel, taken = postcodes.table(), []
    some = list(regels(wereld, ids[:200], today))
    places = [(number, baan.vraag.plek) for number, baan in enumerate(banen)]
    for regel in some:
        begin = time.perf_counter()
        mens = mens_of(regel, tabel)
        near = [(number, banen[number].vraag) for number in passend.within_reach(mens, places)]
        for _, uitslag in passend.best_banen(mens, near)[:LIST]:
            for reden in uitslag.redenen:
                matchzinnen.tekst(reden, aan_de_persoon=True)
        taken.append((time.perf_counter() - begin) * 1000)
    return _percentile(taken, 95)


def _agree(wereld: Wereld, ids: list[UUID], banen: Sequence[Baan], today: Any) -> bool:
    """Whether the index, filled from PostgreSQL, gives what the pure function makes of the records that went in."""
    from itertools import islice

    from banenafspraak.bemiddeling import postcodes
    from banenafspraak.bemiddeling.matchindex import INDEX, mens_of
    from banenafspraak.bemiddeling.matching import Richting, judge

    tabel = postcodes.table()
    some = [mens_of(one, tabel) for one in islice(regels(wereld, ids, today), 1_000)]
    for baan in banen:
        points = INDEX.points_for(baan.vraag, ids[: len(some)])
        if [points[pk] for pk, _ in zip(ids, some, strict=False)] != [
            judge(mens, baan.vraag, Richting.MENSEN).telling for mens in some
        ]:
            return False
    return True


# --- Whom it shows ------------------------------------------------------------------------------------------------


def _fairness(wereld: Wereld, lists: list[list[int]], truth: list[list[int]]) -> dict[str, Any]:
    from banenafspraak.bemiddeling.postcodes import REGIOS

    def attention(some: list[list[int]]) -> np.ndarray:
        seen = np.zeros(len(wereld.pc4))
        for rows in some:
            np.add.at(seen, np.array(rows, dtype=np.int64), _DISCOUNT[: len(rows)])
        return seen / seen.sum()

    ours, best = attention(lists), attention(truth)

    def group(member: np.ndarray) -> dict[str, float]:
        share = float(member.mean())
        exposure = float(ours[member].sum())
        return {
            "share": round(share, 3),
            "exposure": round(exposure, 3),
            "ratio": round(exposure / share, 2),
            "truth": round(float(best[member].sum()) / share, 2),
        }

    regio = {
        code: round(float(ours[wereld.regio == at].sum() / (wereld.regio == at).mean()), 2)
        for at, code in enumerate(REGIOS)
        if (wereld.regio == at).any()
    }
    return {
        "ground": {name: group(wereld.grond == at) for at, name in enumerate(GRONDEN)},
        "gender": {"vrouw": group(wereld.vrouw), "man": group(~wereld.vrouw)},
        "region": {"least": min(regio.values()), "most": max(regio.values()), "ratios": regio},
        "ever_shown": round(float((ours > 0).mean()), 3),
    }


# --- The database -------------------------------------------------------------------------------------------------


def _seed(wereld: Wereld, now: Any) -> list[UUID]:
    """Everybody in the register with a public profile that holds the record; the ids of the profiles."""
    from django.db import connection, transaction

    from bench._kandidaten import Mensen, seed

    nobody_said = np.full(len(wereld.pc4), -1)
    ids = seed(
        Mensen(
            pc4=wereld.pc4, niveau=wereld.niveau, most=wereld.uren, dagen=wereld.dagen, reisafstand=wereld.reisafstand,
            vervoer=nobody_said, kinds=wereld.kinds, ervaring=wereld.past,
        ),
        now,
    )  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE meer (profiel uuid, vervoer int[], rijbewijs text[], onregelmatig boolean, "
            "kantoortijden boolean, taal jsonb, contract text[], begint int) ON COMMIT DROP"
        )
        with cursor.copy("COPY meer FROM STDIN") as copy:
            for at, pk in enumerate(ids):
                times, taal = int(wereld.tijden[at]), int(wereld.taal[at])
                copy.write_row((
                    pk, list(wereld.vervoer[at]), (None, [], ["B"])[wereld.rijbewijs[at] + 1],
                    (None, True, False, None)[times], True if times == 3 else None,
                    json.dumps([{"code_taal": "nld", "mondeling": taal}] if taal > 0 else []),
                    ([], ["B"], ["O"])[wereld.contract[at] + 1], int(wereld.starts[at]),
                ))  # fmt: skip
        cursor.execute(
            "UPDATE bemiddeling_klantprofiel AS p SET vervoermiddelen = m.vervoer, rijbewijzen = m.rijbewijs, "
            "indicatie_onregelmatig_werk_of_ploegendienst = m.onregelmatig, indicatie_kantoortijden = m.kantoortijden, "
            "taalbeheersing = m.taal, typen_arbeidscontract = m.contract, "
            "datum_aanvang_beschikbaar_voor_werk = CASE WHEN m.begint > 0 THEN %s::date + m.begint END "
            "FROM meer AS m WHERE m.profiel = p.id",
            [now.date()],
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return ids


def _percentile(taken: list[float], part: int) -> float:
    ordered = sorted(taken)
    return round(ordered[min(len(ordered) - 1, len(ordered) * part // 100)], 2)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
