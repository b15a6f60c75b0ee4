"""How fast a question through VUM is answered: 200,000 shared profiles, and the whole door in one process.

Each call goes through every middleware to PostgreSQL and back: headers, party, selection over the columns, the matches
(at most 100) out of the database, a row in the logboek for each person, and JSON. Questions come from a seed: an area
of 5 to 100 km at a postcode where people live, and up to five conditions. One after another.

- `p50_ms`, `p95_ms`: all questions. `wide_*`: 100 km and nothing else, so that 100 people are found and written down.
- `find_p95_ms`: the part that does not grow with what is found: the selection over the columns.
- `ratio_to_scan`: `find` p95 divided by that of the same conditions in PostgreSQL, without the distance (a scan).
- `index_mb`, `build_s`: what the columns take, and how long the first question of a process waits for them.
- `machine`: which part of the processors other programs used meanwhile.

`--profielen N` changes the size; `--snel` is 20,000.
"""

import argparse
import json
import random
import sys
import time
from typing import Any

from bench import nobody, ready, sample
from bench._kandidaten import people, seed

QUESTIONS = 300
BRON, PARTY = "00000000000000000402", "00000000000000000403"
OCCUPATIONS = 400


def main(argv: list[str]) -> dict[str, Any]:
    """Measure."""
    parser = argparse.ArgumentParser(prog="bench.vum")
    parser.add_argument("--profielen", type=int, default=200_000)
    parser.add_argument("--snel", action="store_true", help="20,000 profiles")
    options = parser.parse_args(argv)
    with ready("vum"):
        return _measure(20_000 if options.snel else options.profielen)


def _measure(number: int) -> dict[str, Any]:
    from django.conf import settings
    from django.utils import timezone

    from banenafspraak.adapters.vum_api import vraag
    from banenafspraak.bemiddeling.vumindex import PROFIELEN

    settings.ALLOWED_HOSTS = ["testserver"]
    bron = _world(number)
    chance = random.Random(7)
    questions = [_question(chance) for _ in range(QUESTIONS)]
    wide = [{"selectiegebied": {"postcode": _postcode(chance), "afstand": 100}} for _ in range(50)]
    begin = time.perf_counter()
    _ask(wide[0])
    build = time.perf_counter() - begin
    for one in questions[:20]:
        _ask(one)
    with sample(nobody) as machine:
        taken = [_timed(_ask, one) for one in questions]
        broad = [_timed(_ask, one) for one in wide]
        read = [vraag.read(json.dumps({"vraagObject": one}).encode(), vraag.WERKZOEKENDE) for one in questions]
        today = timezone.localdate()
        find = [_timed(lambda one: PROFIELEN.find(one, bron=bron, peildatum=today), one) for one in read]
        scan = [_timed(_scan, one) for one in questions[:30]]
    return {
        "profiles": number,
        "shared": int(PROFIELEN.tabel.alive.sum()),
        "questions": len(taken),
        "p50_ms": _percentile(taken, 50),
        "p95_ms": _percentile(taken, 95),
        "wide_p50_ms": _percentile(broad, 50),
        "wide_p95_ms": _percentile(broad, 95),
        "find_p50_ms": _percentile(find, 50),
        "find_p95_ms": _percentile(find, 95),
        "ratio_to_scan": round(_percentile(find, 95) / _percentile(scan, 95), 4),
        "index_mb": round(PROFIELEN.tabel.bytes / 1e6, 1),
        "build_s": round(build, 1),
        "machine": round(machine.foreign, 2),
    }


def _world(number: int) -> int:
    """The people, with what only VUM asks, and the two parties; the id of the bron."""
    from django.db import connection, transaction
    from django.utils import timezone

    from banenafspraak.access import bsn as bsns
    from banenafspraak.access.actor import Actor
    from banenafspraak.bemiddeling import vumpartijen

    now = timezone.now()
    seed(people(number), now)
    text = "SELECT id, 9999 FROM register_persoon"
    with transaction.atomic(), connection.cursor() as cursor:
        for naam, oin in (("Bron", BRON), ("Partij", PARTY)):
            cursor.execute(
                "INSERT INTO access_organisatie (soort, naam, oin) VALUES ('uwv', %s, %s)"
                " ON CONFLICT (oin) DO UPDATE SET naam = excluded.naam RETURNING id",
                [naam, oin],
            )
        cursor.execute("SELECT id FROM access_organisatie WHERE oin = %s", [BRON])
        [bron] = cursor.fetchone()
        cursor.execute(
            "UPDATE bemiddeling_klantprofiel SET bron_id = %s, bronnummer = id::text, delen_vum = 'profiel',"
            " bemiddelingspostcode = bemiddelingspostcode || 'AB',"
            " indicatie_kantoortijden = CASE WHEN random() < .6 THEN random() < .5 END,"
            " indicatie_onregelmatig_werk_of_ploegendienst = CASE WHEN random() < .6 THEN random() < .5 END,"
            " datum_aanvang_beschikbaar_voor_werk = CASE WHEN random() < .6"
            " THEN current_date + (random() * 200)::int END,"
            " typen_arbeidscontract = CASE WHEN random() < .6 THEN '{B}' ELSE '{B,O}' END::varchar[],"
            " rijbewijzen = CASE WHEN random() < .5 THEN '{AM,B}' ELSE '{}' END::varchar[],"
            " bemiddelingsberoepen = ARRAY['https://linkeddata.competentnl.nl/uwv/id/occupation/'"
            f" || (random() * {OCCUPATIONS})::int]::varchar[],"
            " taalbeheersing = jsonb_build_array(jsonb_build_object('code_taal', 'nld',"
            " 'mondeling', 1 + (random() * 3)::int))"
            " WHERE bemiddelingspostcode ~ '^[0-9]{4}$'",
            [bron],
        )
        cursor.execute(text)
        numbers = [str(n) for n in range(999_900_000, 1_000_000_000) if bsns.is_valid(str(n))]
        from banenafspraak.register.models import bsn_context

        persons = [persoon for persoon, _ in cursor.fetchall()]
        cursor.execute("CREATE TEMPORARY TABLE verzegeld (persoon uuid, bsn bytea) ON COMMIT DROP")
        with cursor.copy("COPY verzegeld FROM STDIN") as copy:
            for at, persoon in enumerate(persons):
                copy.write_row([persoon, bsns.seal(numbers[at % len(numbers)], context=bsn_context(persoon))])
        cursor.execute(
            "UPDATE register_persoon AS p SET bsn_verzegeld = v.bsn FROM verzegeld AS v WHERE v.persoon = p.id"
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE bemiddeling_klantprofiel")
    system = Actor.system(doel="bench")
    vumpartijen.admit(actor=system, oin=PARTY, suwi=True, per_minuut=30_000, now=now)
    return int(bron)


def _postcode(chance: random.Random) -> str:
    from bench._kandidaten import _places

    pc4, weight = _places()
    return f"{chance.choices(pc4.tolist(), weight.tolist())[0]}AB"


def _question(chance: random.Random) -> dict[str, Any]:
    """An area and some conditions, as a bemiddelaar fills them in."""
    occupations = [
        f"https://linkeddata.competentnl.nl/uwv/id/occupation/{chance.randrange(OCCUPATIONS)}" for _ in "abc"
    ]
    every = {
        "bemiddelingsberoep": {
            "$elemMatch": {"$or": [{"beroep.codeBeroepsnaam": {"$eq": one}} for one in occupations]}
        },
        "contractvorm": {"$elemMatch": {"$or": [{"codeTypeArbeidscontract": {"$eq": chance.choice("BO")}}]}},
        "flexibiliteit.indicatieOnregelmatigWerkOfPloegendienst": {"$eq": 1},
        "arbeidsmarktkwalificatie.rijbewijs": {"$all": [{"$elemMatch": {"codeSoortRijbewijs": {"$eq": "B"}}}]},
        "arbeidsmarktkwalificatie.taalbeheersing": {
            "$all": [{"$elemMatch": {"codeTaal": {"$eq": "nld"}, "codeNiveauTaalbeheersingMondeling": {"$gte": 2}}}]
        },
        "datumAanvangBeschikbaarVoorWerk": {"$lte": "2027-03-01"},
        "werktijden.indicatieKantoortijden": {"$eq": 1},
        "werktijden.aantalWerkurenPerWeekMaximaal": {"$gte": 16},
        "werktijden.aantalWerkurenPerWeekMinimaal": {"$lte": 24},
    }
    chosen = chance.sample(sorted(every), chance.randrange(6))
    area = {"postcode": _postcode(chance), "afstand": chance.choice((5, 10, 15, 25, 50, 100))}
    return {"selectiegebied": area} | {key: every[key] for key in chosen}


def _ask(question: dict[str, Any]) -> None:
    from django.test import Client

    headers = {
        "API-Version": "3.0.0",
        "X-VUM-berichtVersie": "3.0.0",
        "X-VUM-fromParty": PARTY,
        "X-VUM-toParty": BRON,
        "X-VUM-viaParty": BRON,
        "X-VUM-SUWIparty": "true",
    }
    response = Client().post(
        "/vum/v3/werkzoekendeProfielen/matches",
        json.dumps({"vraagObject": question}),
        content_type="application/json",
        headers=headers,
    )
    assert response.status_code == 200, response.content


def _scan(question: dict[str, Any]) -> None:
    """The same in PostgreSQL, for what is easy to say there: an occupation, a licence and the hours."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM bemiddeling_klantprofiel WHERE status = 'openbaar' AND delen_vum = 'profiel'"
            " AND rijbewijzen @> '{B}' AND aantal_werkuren_per_week_maximaal >= 16"
            " AND bemiddelingsberoepen && %s::varchar[]",
            [[f"https://linkeddata.competentnl.nl/uwv/id/occupation/{len(question)}"]],
        )
        cursor.fetchall()


def _timed(call: Any, one: Any) -> float:
    begin = time.perf_counter()
    call(one)
    return (time.perf_counter() - begin) * 1000


def _percentile(taken: list[float], part: int) -> float:
    return round(sorted(taken)[min(len(taken) - 1, len(taken) * part // 100)], 1)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
