"""Vacatures in a CSV, with the columns of `Vacatureveld`; their order does not matter, and only `nummer` must be there.

A task stands on a line of its own within its cell, with its hours in brackets: `Brood inpakken [8,5]`.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import BinaryIO, TypeVar

from banenafspraak.adapters.profielen.csv import Opened, unguarded
from banenafspraak.adapters.profielen.lezer import Lezer, values
from banenafspraak.adapters.profielen.tabel import plain
from banenafspraak.adapters.vacatures.vum import finish, task_hours
from banenafspraak.bemiddeling import werksoorten
from banenafspraak.bemiddeling.profielrecord import RIJBEWIJZEN, Contact, Contracttype, Dag, Taalbeheersing
from banenafspraak.bemiddeling.vacaturebestand import (
    NIVEAUWOORDEN,
    OVEREENKOMSTWOORDEN,
    REAGEERWOORDEN,
    TAALWOORDEN,
)
from banenafspraak.bemiddeling.vacaturelevering import Onleesbaar, Vacatureregel, Vacatureveld
from banenafspraak.bemiddeling.vacaturerecord import MAX_TAAK, OpleidingEis, Taak, VacatureRecord
from banenafspraak.register.records import Regelfout

K = TypeVar("K")
_V = Vacatureveld
_TASK = re.compile(r"(?P<what>.*?)\s*(?:\[(?P<hours>[^\]]*)\])?\s*")
_DAYS = {name: dag for dag in Dag if dag.name for name in (dag.name.lower(), dag.name.lower()[:2])}


def read(stream: BinaryIO) -> Iterator[Vacatureregel | Regelfout]:
    """The rows below the header, each as a vacature or as what is wrong with it. Raises `Onleesbaar`."""
    opened = Opened(stream)
    by_name = {"".join(sign for sign in plain(kop) if sign.isalnum()): at for at, kop in enumerate(opened.headers)}
    places = {veld: by_name[name] for veld in _V if (name := veld.value.replace("_", "")) in by_name}
    if _V.NUMMER not in places:
        raise Onleesbaar(
            "Er is geen kolom 'nummer'.",
            f"Zet op de eerste regel de namen van de kolommen: {', '.join(veld.value for veld in _V)}.",
            regel=1,
        )
    width = len(opened.headers)
    for regel, cells in opened.rows():
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            yield Regelfout(
                regel,
                f"Deze regel heeft {len(cells)} velden; de eerste regel heeft er {width}.",
                "Zet een tekst waar het scheidingsteken in staat tussen aanhalingstekens.",
            )
            continue
        lezer = Lezer()
        given = {veld: unguarded(cells[at]) for veld, at in places.items() if at < len(cells)}
        yield finish(lezer, regel, _Row(lezer, given).record())


class _Row:
    """The answers of one row."""

    def __init__(self, lezer: Lezer, cells: Mapping[Vacatureveld, str]) -> None:
        self._lezer = lezer
        self._cells = cells

    def text(self, veld: Vacatureveld, most: int, *, sealed: bool = False) -> str:
        return self._lezer.text(veld.value, self._cells.get(veld, ""), most, sealed=sealed)

    def record(self) -> VacatureRecord:
        """What the row says of the job."""
        lezer, naam = self._lezer, self.text(_V.OPLEIDING, 120)
        work = self.text(_V.WERK, 120)
        kind = werksoorten.of_text(work) if work else None
        plaatsen = self._number(_V.PLAATSEN, 1, 99)
        levels = [self._one(veld, TAALWOORDEN) for veld in (_V.SPREKEN, _V.SCHRIJVEN)]
        return VacatureRecord(
            nummer_vacature=self.text(_V.NUMMER, 200),
            naam_vacature=self.text(_V.NAAM, 120),
            omschrijving_vacature=self.text(_V.OMSCHRIJVING, 2000),
            sluitingsdatum_vacature=self._day(_V.SLUIT),
            indicatie_ldr_registratie=self._yes_no(_V.DOELGROEP),
            aantal_plaatsen=1 if plaatsen is None else plaatsen,
            kvk=self.text(_V.KVK, 20).replace(" ", ""),
            handelsnaam_organisatie=self.text(_V.WERKGEVER, 500),
            webadres=self.text(_V.WEBSITE, 200),
            sollicitatiewijzen=self._several(_V.REAGEREN, REAGEERWOORDEN),
            webadres_sollicitatie=self.text(_V.FORMULIER, 200),
            code_sbi=self._number(_V.SBI, 0, 99_999),
            postcode=lezer.postcode(_V.POSTCODE.value, self._cells.get(_V.POSTCODE, "")),
            plaatsnaam=self.text(_V.PLAATS, 80),
            bereikbaar_met_ov=self._yes_no(_V.OV),
            werksoort=kind.code if kind else "",
            naam_beroep="" if kind else work,
            taken=self._tasks(),
            code_werk_en_denkniveau_minimaal=self._one(_V.NIVEAU, NIVEAUWOORDEN),
            aantal_jaren_werkzaam_in_beroep=self._number(_V.JAREN, 0, 99),
            opleidingen=(OpleidingEis(naam_opleiding=naam),) if naam else (),
            rijbewijzen=self._licences(),
            taalbeheersing=(Taalbeheersing("nld", levels[0], levels[1]),) if any(levels) else (),
            aantal_werkuren_per_week_minimaal=self._number(_V.UREN_MINIMAAL, 0, 99) or None,
            aantal_werkuren_per_week_maximaal=self._number(_V.UREN, 0, 99) or None,
            werkdagen=self._days(),
            indicatie_kantoortijden=self._yes_no(_V.KANTOORTIJDEN),
            indicatie_onregelmatig_werk_of_ploegendienst=self._yes_no(_V.ONREGELMATIG),
            typen_arbeidscontract=lezer.words(
                _V.CONTRACT.value, (part[:1] for part in self._parts(_V.CONTRACT)), values(Contracttype)
            ),
            typen_overeenkomst=self._several(_V.OVEREENKOMST, OVEREENKOMSTWOORDEN),
            datum_aanvang_werkzaamheden=self._day(_V.AANVANG),
            datum_einde_werkzaamheden=self._day(_V.EINDE),
            salaris_indicatie=self.text(_V.LOON, 100),
            omschrijving_arbeidsvoorwaarden=self.text(_V.VOORWAARDEN, 2000),
            biedt_aanpassing_werkomgeving=self._yes_no(_V.AANPASSING),
            biedt_begeleiding=self._yes_no(_V.BEGELEIDING),
            biedt_werkvariatie=self._yes_no(_V.VARIATIE),
            contact=Contact(
                naam=self.text(_V.CONTACT, 200, sealed=True),
                emailadres=self.text(_V.EMAIL, 320, sealed=True),
                telefoonnummer=self.text(_V.TELEFOON, 20, sealed=True),
            ),
        )

    def _parts(self, veld: Vacatureveld) -> list[str]:
        return [part for raw in re.split(r"[,;|\n]", self.text(veld, 500)) if (part := raw.strip())]

    def _number(self, veld: Vacatureveld, low: int, high: int) -> int | None:
        return self._lezer.number(veld.value, self._cells.get(veld, ""), low, high)

    def _yes_no(self, veld: Vacatureveld) -> bool | None:
        return self._lezer.yes_no(veld.value, self._cells.get(veld, ""))

    def _day(self, veld: Vacatureveld) -> date | None:
        return self._lezer.day(veld.value, self._cells.get(veld, ""))

    def _one(self, veld: Vacatureveld, words: Mapping[K, str]) -> K | None:
        text = plain(self.text(veld, 40))
        found = next((code for code, word in words.items() if word == text), None)
        if text and found is None:
            self._unknown(veld, words)
        return found

    def _several(self, veld: Vacatureveld, words: Mapping[K, str]) -> tuple[str, ...]:
        known = {word: str(code) for code, word in words.items()}
        given = [plain(part) for part in self._parts(veld)]
        if any(part not in known for part in given):
            self._unknown(veld, words)
        return tuple(code for word, code in known.items() if word in given)

    def _unknown(self, veld: Vacatureveld, words: Mapping[K, str]) -> None:
        self._lezer.complain(veld.value, "Een woord hier kennen wij niet.", f"Kies uit: {', '.join(words.values())}.")

    def _licences(self) -> tuple[str, ...] | None:
        parts = self._parts(_V.RIJBEWIJS)
        if parts and all(plain(part) in ("geen", "nee") for part in parts):
            return ()
        return self._lezer.words(_V.RIJBEWIJS.value, parts, RIJBEWIJZEN) or None

    def _days(self) -> Dag | None:
        total = Dag(0)
        for part in self._parts(_V.DAGEN):
            dag = _DAYS.get(plain(part))
            if dag is None:
                self._lezer.complain(_V.DAGEN.value, "Deze dag bestaat niet.", "Schrijf dagen als ma, di, wo.")
            else:
                total |= dag
        return total or None

    def _tasks(self) -> tuple[Taak, ...]:
        found = []
        for line in self.text(_V.TAKEN, 10_000).split("\n"):
            match = _TASK.fullmatch(line.strip())
            if match is None or not match["what"]:
                continue
            if len(match["what"]) > MAX_TAAK:
                self._lezer.complain("taken", f"Een taak heeft meer dan {MAX_TAAK} tekens.", "Maak de taak korter.")
                continue
            found.append(Taak(match["what"], uren_per_week=task_hours(self._lezer, (match["hours"] or "").strip())))
        return tuple(found)
