"""LKV and LKS over whole tables: person-months a second, against float numpy and against one call per person.

The table is synthetic: people of every ground, starts and months from 2019 to 2026, half of the facts filled in. The
figure is the rule itself on columns in memory, on two threads; `csv_rows_per_s` is `wet --tabel` from a CSV file to the
answers. `ratio_to_float` is the processor time against the same rule with amounts in float64, in the same chunks;
`ratio_to_single` the rate against the single call on ready facts, on one core each. On a busy machine (`foreign`) the
rate by wall clock says little and `person_months_per_cpu_s`, by one core, more. A sample of the rows is compared with
the single call before anything is timed.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from banenafspraak.adapters.regeltabel import answer_table
from banenafspraak.metingen import regeltabel
from banenafspraak.metingen.regeltabel import DIENSTEN, GRONDEN, NIETS, ONDERWIJS, Tabelantwoord
from banenafspraak.wet.instrumenten.loonkostensubsidie import LksFeiten, loonkostensubsidie
from banenafspraak.wet.instrumenten.loonkostenvoordeel import LkvFeiten, loonkostenvoordeel
from banenafspraak.wet.parameters import parameter
from bench import peak_mb, sample

THREADS = 2
SINGLE = 400
CSV_ROWS = 200_000


def _float_amount(hours: Any, before: Any, rate: Any, most: Any) -> Any:
    """The LKV as an analyst would write it in floats, in euros, rounded to cents at the end."""
    rate, most, hours, before = rate / 100.0, most / 100.0, hours / 100.0, before / 100.0
    paid = np.minimum((before + hours) * rate, most) - np.minimum(before * rate, most)
    return np.rint(paid * 100.0)


def _float_subsidy(wage: Any, part: Any, hours: Any, norm: Any, charges: Any) -> Any:
    """The LKS in floats."""
    holiday = 1.0 + float(parameter("minimumloon", "vakantiebijslag").constant())
    base = wage / 100.0 * holiday * (part / 10_000.0) * (hours / norm)
    return np.rint(base * (1.0 + charges / 1000.0) * 100.0)


def _some(rng: Any, values: Any, share: float) -> Any:
    """The values, absent in a part of the rows."""
    return np.where(rng.random(len(values)) < share, values, NIETS)


def _lkv_columns(rng: Any, size: int) -> dict[str, Any]:
    first, last = regeltabel.day_number(date(2019, 1, 1)), regeltabel.day_number(date(2026, 12, 31))
    day = rng.integers(first, last, size)
    begin = day - rng.integers(0, 1800, size)
    none = np.full(size, NIETS)
    return {
        "peildatum": day,
        "begin_dienstbetrekking": begin,
        "verloonde_uren": rng.integers(1000, 18_000, size),
        "eerder_verloonde_uren": _some(rng, rng.integers(0, 200_000, size), 0.8),
        "einde_dienstbetrekking": _some(rng, day + rng.integers(-20, 900, size), 0.1),
        "tijdvak_begin": none,
        "tijdvak_einde": none,
        "geregistreerd": rng.integers(0, 2, size),
        "geregistreerd_vanaf": none,
        "geregistreerd_tot": none,
        "grond": rng.integers(0, len(GRONDEN), size),
        "scholingsbelemmerd": rng.integers(0, 2, size),
        "quotum_geactiveerd": none,
        "eerder_in_dienst_tot": _some(rng, begin - rng.integers(1, 900, size), 0.1),
        "doelgroepverklaring": rng.integers(0, 2, size),
        "doelgroepverklaring_aangevraagd_op": none,
        "wia_bij_begin": (rng.random(size) < 0.05).astype(np.int64),
        "herplaatst_op": _some(rng, day - rng.integers(0, 900, size), 0.02),
        "verklaring_arbeidsgehandicapt": rng.integers(0, 2, size),
        "verklaring_arbeidsgehandicapt_aangevraagd_op": none,
        "geboortedatum": begin - rng.integers(6600, 24_000, size),
        "dienstbetrekking": rng.integers(0, len(DIENSTEN), size),
        "verzoek_in_loonaangifte": none,
        "liv_bedrag": none,
    }


def _lks_columns(rng: Any, size: int) -> dict[str, Any]:
    first, last = regeltabel.day_number(date(2019, 1, 1)), regeltabel.day_number(date(2026, 12, 31))
    day = rng.integers(first, last, size)
    begin = day - rng.integers(0, 1800, size)
    none = np.full(size, NIETS)
    late = rng.random(size) < 0.2
    return {
        "peildatum": day,
        "begin_dienstbetrekking": begin,
        "uren_per_week": rng.integers(800, 4000, size),
        "einde_dienstbetrekking": _some(rng, day + rng.integers(-20, 900, size), 0.1),
        "voltijd_uren": _some(rng, rng.integers(3600, 4001, size), 0.5),
        "leeftijd": none,
        "geboortedatum": begin - rng.integers(6600, 24_000, size),
        "loonwaarde_percentage": rng.integers(20, 101, size) * 100,
        "loonwaarde_vastgesteld_op": begin + rng.integers(0, 200, size),
        "forfaitair": rng.integers(0, 2, size),
        "grond": rng.integers(0, len(GRONDEN), size),
        "ondersteuning_pwet_7_1_a": rng.integers(0, 2, size),
        "aanvraag_op": np.where(late, begin + rng.integers(1, 250, size), NIETS),
        "onderwijs": np.where(late, rng.integers(0, len(ONDERWIJS), size), NIETS),
        "onderwijs_tot": np.where(late, begin - rng.integers(0, 300, size), NIETS),
        "ondersteund_tot": none,
        "wsw_dienstbetrekking": none,
        "loondispensatie": none,
        "loon_per_uur": none,
    }


def _facts(cls: Any, columns: dict[str, Any], row: int) -> tuple[Any, date]:
    """One row as the facts of the single call."""
    from banenafspraak.wet.feiten import parse

    text = _as_text(columns, row)
    plain = {naam: _json(value) for naam, value in text.items() if naam != "peildatum"}
    return parse(cls, plain), date.fromisoformat(text["peildatum"])


_DAYS = ("peildatum", "geboortedatum")
_CENTS = ("verloonde_uren", "eerder_verloonde_uren", "liv_bedrag", "uren_per_week", "voltijd_uren", "loon_per_uur",
          "loonwaarde_percentage")  # fmt: skip
_ENUMS = {"grond": GRONDEN, "dienstbetrekking": DIENSTEN, "onderwijs": ONDERWIJS}


def _as_text(columns: dict[str, Any], row: int) -> dict[str, str]:
    """One row as it would stand in a CSV file."""
    found = {}
    for naam, column in columns.items():
        value = int(column[row])
        if value == NIETS:
            continue
        if naam in _ENUMS:
            found[naam] = _ENUMS[naam][value].value
        elif naam in _CENTS:
            found[naam] = f"{value / 100:.2f}"
        elif (
            naam in _DAYS or naam.endswith(("_op", "_tot", "_vanaf")) or naam.startswith(("begin", "einde", "tijdvak"))
        ):
            found[naam] = date.fromordinal(regeltabel.EPOCH.toordinal() + value).isoformat()
        else:
            found[naam] = "true" if value else "false"
    return found


def _json(text: str) -> object:
    from decimal import Decimal

    if text in ("true", "false"):
        return text == "true"
    try:
        return Decimal(text)
    except ArithmeticError:
        return text


def _best(run: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The shortest of some runs in seconds, and the least processor time of one."""
    times, busy = [], []
    for _ in range(rounds):
        start, before = time.perf_counter(), time.process_time()
        run()
        times.append(time.perf_counter() - start)
        busy.append(time.process_time() - before)
    return min(times), min(busy)


def _same(answer: Tabelantwoord, row: int, waarde: Any) -> bool:
    amount = waarde.bedrag if hasattr(waarde, "bedrag") else waarde.bedrag_per_maand or 0
    return bool(answer.recht[row]) == waarde.recht and int(answer.bedrag[row]) == int(amount * 100)


def _rule(
    naam: str, columns: dict[str, Any], table: Any, single: Any, cls: Any, floats: Any, rounds: int
) -> dict[str, object]:
    """Compare a sample with the single call, then time the table, its float twin, and the single call."""
    size = len(columns["peildatum"])
    answer: Tabelantwoord = table(columns, threads=THREADS)
    rows = [row for row in range(min(size, SINGLE * 3)) if answer.zeker[row]][:SINGLE]
    facts = [_facts(cls, columns, row) for row in rows]
    for row, (fact, day) in zip(rows, facts, strict=True):
        if not _same(answer, row, single(fact, peildatum=day).waarde):
            raise RuntimeError(f"{naam}: row {row} differs from the single call")
    with sample() as taken:
        exact, exact_busy = _best(lambda: table(columns, threads=THREADS), rounds)
    _, twin_busy = _best(lambda: table(columns, floats, threads=THREADS), rounds)
    _, single_busy = _best(lambda: [single(fact, peildatum=day) for fact, day in facts], rounds)
    return {
        "person_months_per_s": round(size / exact),
        "person_months_per_cpu_s": round(size / exact_busy),
        "ratio_to_float": round(exact_busy / twin_busy, 2),
        "ratio_to_single": round(size / exact_busy * single_busy / len(facts)),
        "sure": round(float(answer.zeker.mean()), 3),
        "due": round(float(answer.recht.mean()), 3),
        "foreign": round(taken.foreign, 2),
    }


def _from_csv(naam: str, columns: dict[str, Any], size: int) -> int:
    """Rows a second from a CSV file to the answers, by the door of `wet --tabel`."""
    names = list(columns)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{naam}.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write(",".join(names) + "\n")
            for row in range(size):
                text = _as_text(columns, row)
                file.write(",".join(text.get(one, "") for one in names) + "\n")
        seconds, _ = _best(lambda: list(answer_table(naam, path)), 1)
    return round(size / seconds)


def main(argv: list[str]) -> dict[str, object]:
    """Measure both rules; `--snel` on a small table."""
    parser = argparse.ArgumentParser(prog="bench.rules")
    parser.add_argument("--snel", action="store_true", help="a small table")
    snel = parser.parse_args(argv).snel
    size, rounds, csv_rows = (200_000, 2, 5_000) if snel else (5_000_000, 3, CSV_ROWS)
    rng = np.random.default_rng(2026)
    answers: dict[str, dict[str, object]] = {}
    for naam, made, table, single, cls, floats in (
        ("lkv", _lkv_columns, regeltabel.lkv, loonkostenvoordeel, LkvFeiten, _float_amount),
        ("lks", _lks_columns, regeltabel.lks, loonkostensubsidie, LksFeiten, _float_subsidy),
    ):
        columns = made(rng, size)
        answers[naam] = _rule(naam, columns, table, single, cls, floats, rounds)
        answers[naam]["csv_rows_per_s"] = _from_csv(naam, columns, csv_rows)
    return {
        "rows": size,
        "threads": THREADS,
        "person_months_per_s": {naam: found["person_months_per_s"] for naam, found in answers.items()},
        "rules": answers,
        "peak_mb": peak_mb(),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
