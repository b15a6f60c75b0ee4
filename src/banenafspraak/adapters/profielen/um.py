"""Profiles in UM 0.8.7, the predecessor of VUM: accepted, never written.

Occupations and educations are coded (BO&C, SuwiML) or named; a distance may be a code; behaviour and skills have lists
of their own. A named occupation becomes a kind of work when our list has that name, and else an interest, so that
nothing is lost; what the standard of today has no place for is told in the (sealed) presentation.
"""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from banenafspraak.adapters.profielen import vum
from banenafspraak.adapters.profielen.jsonlijst import items
from banenafspraak.adapters.profielen.lezer import Lezer
from banenafspraak.bemiddeling import werksoorten
from banenafspraak.bemiddeling.profiellevering import Bronnummers, Profielregel
from banenafspraak.bemiddeling.profielrecord import Opleiding, ProfielRecord, Werkervaring
from banenafspraak.register.records import Regelfout

REGIOSTRAAL = {1: 5, 2: 10, 3: 15, 4: 25, 5: 50, 6: 75, 7: 100, 8: 125, 9: 150}
"""`codeRegiostraal` in kilometres."""

GEDRAGSCOMPETENTIES = {
    24100: "Beslissen en activiteiten initiëren",
    24101: "Aansturen",
    24102: "Begeleiden",
    24104: "Aandacht en begrip tonen",
    24105: "Samenwerken en overleggen",
    24106: "Ethisch en integer handelen",
    24107: "Relaties bouwen en netwerken",
    24108: "Overtuigen en beïnvloeden",
    24109: "Presenteren",
    24110: "Formuleren en rapporteren",
    24111: "Vakdeskundigheid toepassen",
    24112: "Materialen en middelen inzetten",
    24113: "Analyseren",
    24114: "Onderzoeken",
    24115: "Creëren en innoveren",
    24116: "Leren",
    24118: "Plannen en organiseren",
    24119: "Op de behoeften en verwachtingen van de klant richten",
    24120: "Kwaliteit leveren",
    24121: "Instructies en procedures opvolgen",
    24122: "Omgaan met verandering en aanpassen",
    24123: "Met druk en tegenslag omgaan",
    24124: "Gedrevenheid en ambitie tonen",
    24125: "Ondernemend en commercieel handelen",
    24126: "Bedrijfsmatig handelen",
}
_MASTERED = (None, 1, 2)
"""`codeBeheersingGedragscompetentie`: well and sufficiently; the other codes say that somebody has not mastered it."""
MAX_PRESENTATIE = 2000


def read(stream: BinaryIO, *, organisatie_id: int) -> Iterator[Profielregel | Regelfout]:
    """The profiles of the file, each as a row or as what is wrong with it. Raises `Onleesbaar`."""
    bronnummers = Bronnummers(organisatie_id)
    for nummer, item in enumerate(items(stream), start=1):
        yield read_one(nummer, item, bronnummers)


def read_one(nummer: int, item: object, bronnummers: Bronnummers) -> Profielregel | Regelfout:
    """One `Werkzoekende` of UM."""
    lezer = Lezer()
    if not isinstance(item, dict):
        lezer.complain("profiel", "Hier hoort een JSON-object te staan.", "Lever een lijst van werkzoekenden.")
        return lezer.fault(nummer)
    return vum.finish(lezer, nummer, item, _record(lezer, item), bronnummers)


def _record(lezer: Lezer, item: Mapping[str, Any]) -> ProfielRecord:
    fields = vum.common(lezer, item)
    kwalificatie = lezer.part("arbeidsmarktkwalificatie", item.get("arbeidsmarktkwalificatie"))
    if fields["maximale_reisafstand"] is None:
        fields["maximale_reisafstand"] = _distance(lezer, item)
    wishes = [
        _occupation(lezer, "bemiddelingsberoep", one)
        for one in lezer.parts("bemiddelingsberoep", item.get("bemiddelingsberoep"))
    ]
    fields["interesses"] = vum.unique((*fields["interesses"], *(naam for soort, naam in wishes if not soort)))
    return ProfielRecord(
        **fields,
        rijbewijzen=vum.read_rijbewijzen(lezer, kwalificatie),
        werksoorten=vum.unique(soort for soort, _ in wishes),
        opleidingen=tuple(_opleiding(lezer, o) for o in lezer.parts("opleiding", kwalificatie.get("opleiding")))
        or None,
        werkervaringen=tuple(_job(lezer, one) for one in lezer.parts("werkervaring", kwalificatie.get("werkervaring")))
        or None,
        eis_aan_werk=vum.read_eis(lezer, item),
        persoonlijke_presentatie=_presentation(lezer, item, kwalificatie),
        contact=vum.read_contact(lezer, item),
    )


def _distance(lezer: Lezer, item: Mapping[str, Any]) -> int | None:
    flex = lezer.part("flexibiliteit", item.get("flexibiliteit"))
    code = lezer.number("codeRegiostraal", flex.get("codeRegiostraal"), 0, 9)
    return REGIOSTRAAL.get(code) if code is not None else None


def _named(lezer: Lezer, veld: str, one: Mapping[str, Any], soort: str) -> Mapping[str, Any]:
    """The coded or uncoded name, whether it stands in the object itself or under the name of its kind."""
    for key in (f"{soort}Gecodeerd", f"{soort}Ongecodeerd", soort):
        if isinstance(one.get(key), dict):
            return lezer.part(veld, one[key])
    return one


def _occupation(lezer: Lezer, veld: str, one: Mapping[str, Any]) -> tuple[str, str]:
    """The kind of work of our list, or empty, and the name of the occupation."""
    found = _named(lezer, veld, one, "beroepsnaam")
    naam = lezer.text(
        veld, found.get("omschrijvingBeroepsnaam") or found.get("naamBeroepOngecodeerd"), 120, sealed=False
    )
    code = lezer.text(veld, found.get("codeBeroepsnaam"), 10, sealed=False)
    kind = werksoorten.of_text(naam) if naam else None
    return (kind.code if kind else ""), naam or (f"BO&C {code}" if code else "")


def _job(lezer: Lezer, one: Mapping[str, Any]) -> Werkervaring:
    soort, naam = _occupation(lezer, "beroep", lezer.part("beroep", one.get("beroep")))
    return vum.read_werkervaring(lezer, one, werksoort=soort, naam=naam)


def _opleiding(lezer: Lezer, one: Mapping[str, Any]) -> Opleiding:
    found = _named(lezer, "opleidingsnaam", lezer.part("opleidingsnaam", one.get("opleidingsnaam")), "opleidingsnaam")
    naam = found.get("omschrijvingOpleidingsnaam") or found.get("naamOpleidingOngecodeerd")
    return vum.read_opleiding(
        lezer,
        one,
        code=vum.digits(lezer, "codeOpleidingsnaam", found.get("codeOpleidingsnaam")),
        naam=lezer.text("opleidingsnaam", naam, 120, sealed=False),
        toelichting=lezer.text("omschrijvingOpleiding", found.get("omschrijvingOpleiding"), 2000),
    )


def _presentation(lezer: Lezer, item: Mapping[str, Any], kwalificatie: Mapping[str, Any]) -> str:
    """The presentation, with skills and behaviour behind it as far as they fit."""
    text = lezer.text("persoonlijkePresentatie", item.get("persoonlijkePresentatie"), MAX_PRESENTATIE)
    skills = vum.unique(
        lezer.text("vakvaardigheid", one.get("omschrijving"), 120)
        for one in lezer.parts("vakvaardigheid", kwalificatie.get("vakvaardigheid"))
    )
    behaviour = vum.unique(
        _behaviour(lezer, one) for one in lezer.parts("gedragscompetentie", kwalificatie.get("gedragscompetentie"))
    )
    for heading, found in (("Kan goed", skills), ("Sterk in", behaviour)):
        line = f"{heading}: {', '.join(found)}."
        if found and len(text) + len(line) < MAX_PRESENTATIE:
            text = f"{text}\n{line}" if text else line
    return text


def _behaviour(lezer: Lezer, one: Mapping[str, Any]) -> str:
    code = lezer.number("codeGedragscompetentie", one.get("codeGedragscompetentie"), 0, 99_999)
    level = lezer.number("codeBeheersingGedragscompetentie", one.get("codeBeheersingGedragscompetentie"), 1, 9)
    if code and code not in GEDRAGSCOMPETENTIES:
        lezer.complain("codeGedragscompetentie", "Deze code bestaat niet.", "Gebruik een code van 24100 tot 24126.")
    return GEDRAGSCOMPETENTIES.get(code or 0, "") if level in _MASTERED else ""
