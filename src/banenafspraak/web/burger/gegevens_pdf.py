"""Everything that is kept of somebody as one readable document (AVG art. 15). Dutch, as letters are, and PDF/UA."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from banenafspraak.access import gebieden
from banenafspraak.web.components import brief
from banenafspraak.web.components.brief import Blok, Brief, written_date
from banenafspraak.web.components.registerwoorden import (
    EINDEREDENEN,
    GRONDEN,
    ZELF_SYSTEEM,
    handeling_text,
    last_day,
)
from banenafspraak.web.meldingwoorden import SOORTNAMEN, STATUSNAMEN
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.registratie import EindeReden

# A document of hundreds of pages helps nobody; the JSON holds every row, and the document says so.
MOST_LOOKS = 1000


def to_pdf(found: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """The document made from what `inzage.everything` gave."""
    with translation.override("nl"):
        return brief.to_pdf(_document(found, timezone.localtime(made_at)), made_at=made_at.replace(microsecond=0))


def _document(found: Mapping[str, Any], made_at: datetime) -> Brief:
    return Brief(
        titel="Alles wat wij van u bewaren",
        omschrijving="Overzicht van persoonsgegevens volgens artikel 15 van de AVG",
        afzender=settings.BRIEF_AFZENDER,
        geadresseerde=(f"BSN {found['persoon']['bsn']}",),
        datum_regel=f"Gemaakt op {written_date(made_at.date())} om {made_at:%H:%M}",
        kenmerk=f"Inzage {made_at:%Y%m%d%H%M}",
        aanhef="In dit document staat wat wij van u bewaren, wie het bekeek, en wat uw rechten zijn.",
        blokken=(
            *_person(found["persoon"]),
            *_registrations("Uw registraties", found["registraties"], "U staat niet in het doelgroepregister."),
            *_registrations("Wat er eerder stond en is veranderd", found["eerder_bekend"], ""),
            *_mended(found["hersteld_na_melding"]),
            *_residences(found["woonplaatsen"]),
            *_asked(found),
            *_work(found),
            *_reports(found["meldingen"]),
            *_looks(found["wie_keek"]),
            *_explanation(found["uitleg"]),
        ),
        ondertekening=(),
    )


def _person(persoon: Mapping[str, Any]) -> list[Blok]:
    if persoon["geboortedatum"] is None:
        return [brief.kop("Uw gegevens"), brief.tekst("Wij hebben geen gegevens over u in het register.")]
    return [
        brief.kop("Uw gegevens"),
        brief.tekst(f"BSN: {persoon['bsn']}. Geboortedatum: {_day(persoon['geboortedatum'])}."),
    ]


def _registrations(title: str, rows: Sequence[Mapping[str, Any]], nothing: str) -> list[Blok]:
    if not rows:
        return [brief.kop(title), brief.tekst(nothing)] if nothing else []
    return [
        brief.kop(title),
        _table(
            ["Waarom", "Van", "Tot en met", "Waar staat dat?"],
            [4, 2, 3, 3],
            [
                [
                    str(GRONDEN[Grond(row["grond"])].title),
                    _day(row["vanaf"]),
                    _until(row),
                    row["artikel"],
                ]
                for row in rows
            ],
        ),
    ]


def _until(row: Mapping[str, Any]) -> str:
    if row["tot"] is None:
        return "loopt nog"
    end = written_date(last_day(date.fromisoformat(row["tot"])))
    return f"{end}, omdat {EINDEREDENEN[EindeReden(row['einde_reden'])]}" if row["einde_reden"] else end


def _mended(rows: Sequence[Mapping[str, Any]]) -> list[Blok]:
    if not rows:
        return []
    lines = (f"{_day(row['hersteld_op'])}: een registratie is {row['wat']}. Reden: {row['reden']}" for row in rows)
    return [brief.kop("Wat wij herstelden nadat u iets meldde"), brief.lijst(lines)]


def _residences(rows: Sequence[Mapping[str, Any]]) -> list[Blok]:
    if not rows:
        return []
    cells = [
        [
            _gemeente(row["gemeente"]),
            _day(row["vanaf"]),
            written_date(last_day(date.fromisoformat(row["tot"]))) if row["tot"] else "nu",
        ]
        for row in rows
    ]
    return [brief.kop("Waar u woont en woonde"), _table(["Gemeente", "Van", "Tot en met"], [3, 2, 2], cells)]


def _asked(found: Mapping[str, Any]) -> list[Blok]:
    """What was asked and found, in one line each: the whole text of a case is too long for a document to read."""
    lines = [f"Aanvraag ({row['soort'] or 'nog te kiezen'}): {row['status']}." for row in found["aanvragen"]]
    lines += [f"Verzoek om uitschrijving: {row['status']}." for row in found["uitschrijfverzoeken"]]
    lines += ["Advies over beschut werk." for _ in found["adviezen_beschut_werk"]]
    lines += ["Vaststelling van uw loonwaarde." for _ in found["loonwaarden"]]
    lines += ["Code voor een werkgever." for _ in found["codes_voor_werkgevers"]]
    if not lines:
        return []
    whole = "De hele inhoud staat in het JSON-bestand, en bij uw aanvragen op de website."
    return [
        brief.kop("Wat u vroeg en wat er is vastgesteld"),
        brief.lijst(line.replace("_", " ") for line in lines),
        brief.tekst(whole),
    ]


def _work(found: Mapping[str, Any]) -> list[Blok]:
    """What somebody's looking for work left behind, in lines; the JSON has every answer."""
    profiel, blocks = found["klantprofiel"], [brief.kop("Uw profiel en uw werk")]
    if profiel is None:
        blocks.append(brief.tekst("U hebt geen profiel."))
    else:
        known = [name.replace("_", " ") for name in profiel["beantwoord_op"]]
        blocks.append(brief.tekst(f"Uw profiel is {profiel['status'].replace('_', ' ')}. U beantwoordde: "
                                  f"{', '.join(known) or 'nog niets'}."))  # fmt: skip
        if hidden := profiel["werkgevers_die_u_niet_zien"]:
            blocks.append(brief.tekst(f"Deze werkgevers zien u niet: {', '.join(hidden)}."))
    lines = [f"Vraag van {row['werkgever']}: {row['status'].replace('_', ' ')}."
             for row in found["vragen_van_werkgevers"]]  # fmt: skip
    lines += [f"U gaf gegevens aan {row['werkgever']} op {_day(row['gegeven_at'])}." for row in found["toestemmingen"]]
    lines += [f"Werk bij {row['werkgever_naam']} ({row['soort']}), vanaf {_day(row['begint_op'])}: {row['status']}."
              for row in found["plaatsingen"]]  # fmt: skip
    if lines:
        blocks += [brief.lijst(lines), brief.tekst("De hele inhoud staat in het JSON-bestand.")]
    return blocks


def _reports(rows: Sequence[Mapping[str, Any]]) -> list[Blok]:
    if not rows:
        return []
    found = [brief.kop("Wat u meldde")]
    for row in rows:
        soort, status = SOORTNAMEN[row["soort"]], STATUSNAMEN[row["status"]]
        found.append(brief.tekst(f"{_day(row['ingediend_op'])}: {soort}. {status}."))
        found += [brief.tekst(f"U schreef: {row['toelichting']}")] if row["toelichting"] else []
        found += [brief.tekst(f"Wij antwoordden: {row['antwoord']}")] if row["antwoord"] else []
    return found


def _looks(rows: Sequence[Mapping[str, Any]]) -> list[Blok]:
    if not rows:
        return [brief.kop("Wie keek er mee?"), brief.tekst("Niemand heeft uw gegevens bekeken.")]
    shown = rows[:MOST_LOOKS]
    more = len(rows) - len(shown)
    cells = [
        [
            _moment(row["moment"]),
            row["organisatie"] or str(ZELF_SYSTEEM),
            handeling_text(row["handeling"]),
            row["doel"],
        ]
        for row in shown
    ]
    found = [brief.kop("Wie keek er mee?"), _table(["Wanneer", "Wie", "Wat", "Waarvoor"], [3, 3, 4, 4], cells)]
    if more:
        found.append(brief.tekst(f"Er zijn nog {more} oudere regels. Die staan in het JSON-bestand."))
    return found


def _explanation(uitleg: Mapping[str, str]) -> list[Blok]:
    titles = {
        "doel": "Waarvoor wij dit bewaren",
        "grondslag": "Waarom dat mag",
        "herkomst": "Waar de gegevens vandaan komen",
        "ontvangers": "Wie de gegevens kan krijgen",
        "bewaartermijn": "Hoe lang wij ze bewaren",
        "rechten": "Wat uw rechten zijn",
        "besluiten": "Besluiten door een computer",
    }
    return [part for key, title in titles.items() for part in (brief.kop(title), brief.tekst(uitleg[key]))]


def _table(columns: list[str], widths: list[int], rows: list[list[str]]) -> Blok:
    return {"soort": "tabel", "kolommen": columns, "breedtes": widths, "rijen": rows}


def _gemeente(code: str) -> str:
    gebied = gebieden.gemeente(code)
    return gebied.naam if gebied else code


def _day(text: str) -> str:
    return written_date(datetime.fromisoformat(text).date())


def _moment(text: str) -> str:
    at = timezone.localtime(datetime.fromisoformat(text))
    return f"{at.day}-{at.month}-{at.year}, {at:%H:%M}"
