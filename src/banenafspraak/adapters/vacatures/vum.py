"""Vacatures in VUM 3.0: JSON, a list of `Vacature` or one of them; the pilot's UM 0.8 differs in a few places.

Fields we do not keep are ignored, as the standard asks, and an empty value is an absent one. What the standard has no
field for may stand in `banenafspraak`, as `bemiddeling.vacaturebestand` writes it.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, BinaryIO

from banenafspraak.adapters.profielen.jsonlijst import items
from banenafspraak.adapters.profielen.lezer import Lezer, values
from banenafspraak.adapters.profielen.vum import unique
from banenafspraak.bemiddeling.profielrecord import (
    RIJBEWIJZEN,
    Contact,
    Contracttype,
    Dag,
    Niveau,
    NiveauOpleiding,
    Overeenkomst,
    Taalbeheersing,
    Taalniveau,
    Vervoer,
)
from banenafspraak.bemiddeling.vacaturelevering import Vacatureregel
from banenafspraak.bemiddeling.vacaturerecord import MAX_TAAK, OpleidingEis, Sollicitatiewijze, Taak, VacatureRecord
from banenafspraak.register.records import Regelfout

_HOURS = re.compile(r"[0-9]{1,2}([.,][0-9])?")


def read(stream: BinaryIO) -> Iterator[Vacatureregel | Regelfout]:
    """The vacatures of the file, each as a row or as what is wrong with it. Raises `Onleesbaar`."""
    for nummer, item in enumerate(items(stream), start=1):
        yield read_one(nummer, item)


def read_one(nummer: int, item: object) -> Vacatureregel | Regelfout:
    """One `Vacature` of the standard."""
    lezer = Lezer()
    if not isinstance(item, dict):
        lezer.complain("vacature", "Hier hoort een JSON-object te staan.", "Lever een lijst van vacatures.")
        return lezer.fault(nummer)
    record = _record(lezer, item)
    return finish(lezer, nummer, record)


def finish(lezer: Lezer, nummer: int, record: VacatureRecord) -> Vacatureregel | Regelfout:
    """The row of a record, which must have a number of its supplier."""
    if not record.nummer_vacature and not lezer.klachten:
        lezer.complain("nummer", "Deze vacature heeft geen nummer.", "Geef elke vacature een eigen nummer.")
    return lezer.fault(nummer) if lezer.klachten else Vacatureregel(nummer, record)


def _record(lezer: Lezer, item: Mapping[str, Any]) -> VacatureRecord:
    ours = lezer.part("banenafspraak", item.get("banenafspraak"))
    terms = lezer.part("arbeidsVoorwaarden", item.get("arbeidsVoorwaarden"))
    hours = lezer.part("werktijden", item.get("werktijden"))
    flex = lezer.part("flexibiliteit", item.get("flexibiliteit"))
    contracts = lezer.parts("contractvorm", item.get("contractvorm"))
    beroep = lezer.part("beroep", item.get("beroep"))
    postcode, plaats = _place(lezer, item, ours)
    none = {lezer.text("banenafspraak.geen", one, 40) for one in lezer.items("banenafspraak.geen", ours.get("geen"))}
    licences = lezer.words(
        "codeSoortRijbewijs",
        (one.get("codeSoortRijbewijs") for one in lezer.parts("rijbewijs", item.get("rijbewijs"))),
        RIJBEWIJZEN,
    )
    return VacatureRecord(
        **_number_and_names(lezer, item, ours),
        **_employer(lezer, item, ours),
        postcode=postcode,
        plaatsnaam=plaats,
        bereikbaar_met_ov=lezer.yes_no("bereikbaarMetOv", ours.get("bereikbaarMetOv")),
        werksoort=lezer.text("werksoort", ours.get("werksoort"), 40),
        code_beroepsnaam=lezer.text("codeBeroepsnaam", beroep.get("codeBeroepsnaam"), 200, sealed=False),
        naam_beroep=_name_of_work(lezer, beroep, ours),
        taken=tuple(_task(lezer, one) for one in lezer.parts("taken", ours.get("taken"))),
        code_werk_en_denkniveau_minimaal=lezer.code(
            "codeWerkEnDenkniveauMinimaal", item.get("codeWerkEnDenkniveauMinimaal"), Niveau, (0, 7)
        ),
        aantal_jaren_werkzaam_in_beroep=_years(lezer, item),
        opleidingen=tuple(_education(lezer, one) for one in lezer.parts("opleiding", item.get("opleiding"))),
        cursussen=unique(
            lezer.text("naamCursus", one.get("naamCursus"), 120, sealed=False)
            for one in lezer.parts("cursus", item.get("cursus"))
        ),
        competenties=unique(
            lezer.text("codeCompetentie", one.get("codeCompetentie"), 120, sealed=False)
            for one in lezer.parts("competentiebeheersing", item.get("competentiebeheersing"))
        ),
        rijbewijzen=licences or (() if "rijbewijs" in none else None),
        vervoermiddelen=_vehicles(lezer, item),
        taalbeheersing=_languages(lezer, item),
        aantal_werkuren_per_week_minimaal=_some(
            lezer, "aantalWerkurenPerWeekMinimaal", hours.get("aantalWerkurenPerWeekMinimaal")
        ),
        aantal_werkuren_per_week_maximaal=_some(
            lezer, "aantalWerkurenPerWeekMaximaal", hours.get("aantalWerkurenPerWeekMaximaal")
        ),
        werkdagen=_days(lezer, ours.get("werkdagen")),
        indicatie_kantoortijden=lezer.yes_no("indicatieKantoortijden", hours.get("indicatieKantoortijden")),
        indicatie_onregelmatig_werk_of_ploegendienst=lezer.yes_no(
            "indicatieOnregelmatigWerkOfPloegendienst", flex.get("indicatieOnregelmatigWerkOfPloegendienst")
        ),
        typen_arbeidscontract=lezer.words(
            "codeTypeArbeidscontract", (c.get("codeTypeArbeidscontract") for c in contracts), values(Contracttype)
        ),
        typen_overeenkomst=lezer.words(
            "codeTypeOvereenkomst", (c.get("codeTypeOvereenkomst") for c in contracts), values(Overeenkomst)
        ),
        datum_aanvang_werkzaamheden=lezer.day("datumAanvangWerkzaamheden", terms.get("datumAanvangWerkzaamheden")),
        datum_einde_werkzaamheden=lezer.day("datumEindeWerkzaamheden", terms.get("datumEindeWerkzaamheden")),
        salaris_indicatie=lezer.text("salarisIndicatie", terms.get("salarisIndicatie"), 100, sealed=False),
        omschrijving_arbeidsvoorwaarden=lezer.text(
            "omschrijvingArbeidsvoorwaarden", terms.get("omschrijvingArbeidsvoorwaarden"), 2000, sealed=False
        ),
        biedt_aanpassing_werkomgeving=lezer.yes_no("aanpassing", ours.get("aanpassing")),
        biedt_begeleiding=lezer.yes_no("begeleiding", ours.get("begeleiding")),
        biedt_werkvariatie=lezer.yes_no("werkvariatie", ours.get("werkvariatie")),
    )


def _number_and_names(lezer: Lezer, item: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, Any]:
    closes = item.get("sluitingsdatumVacature", item.get("sluitingsDatumVacature"))
    suited = ours.get("geschiktVoorDoelgroep", item.get("indicatieLdrRegistratie"))
    plaatsen = lezer.number("aantalPlaatsen", ours.get("aantalPlaatsen"), 1, 99)
    nummer = item.get("idVacature") or item.get("nummerVacature")
    return {
        "nummer_vacature": lezer.text("idVacature", nummer, 200, sealed=False),
        "naam_vacature": lezer.text("naamVacature", item.get("naamVacature"), 120, sealed=False),
        "omschrijving_vacature": lezer.text(
            "omschrijvingVacature", item.get("omschrijvingVacature"), 2000, sealed=False
        ),
        "sluitingsdatum_vacature": lezer.day("sluitingsdatumVacature", closes),
        "indicatie_ldr_registratie": lezer.yes_no("indicatieLdrRegistratie", suited),
        "aantal_plaatsen": 1 if plaatsen is None else plaatsen,
    }


def _employer(lezer: Lezer, item: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, Any]:
    werkgever = lezer.part("werkgever", item.get("werkgever"))
    ways = lezer.parts("sollicitatiewijze", item.get("sollicitatiewijze"))
    sector = lezer.part("sector", item.get("sector"))
    forms = unique(_web(lezer, one.get("webadres")) for one in ways)
    sites = unique(_web(lezer, one) for one in lezer.items("webadres", werkgever.get("webadres")))
    people = lezer.parts("contactpersoon", werkgever.get("contactpersoon"))
    person = people[0] if people else {}
    return {
        "kvk": lezer.text("kvk", ours.get("kvk"), 20).replace(" ", ""),
        "handelsnaam_organisatie": lezer.text(
            "handelsnaamOrganisatie", werkgever.get("handelsnaamOrganisatie"), 500, sealed=False
        ),
        "webadres": "".join(sites[:1]),
        "sollicitatiewijzen": lezer.words(
            "codeSollicitatiewijze", (one.get("codeSollicitatiewijze") for one in ways), values(Sollicitatiewijze)
        ),
        "webadres_sollicitatie": "".join(forms[:1])
        or lezer.text("formulier", ours.get("formulier"), 200, sealed=False),
        "code_sbi": lezer.number("codeSbi", sector.get("codeSbi"), 0, 99_999),
        "contact": Contact(
            naam=lezer.text("contactpersoon", ours.get("contactpersoon"), 200)
            or lezer.text("naamContactpersoonAfdeling", person.get("naamContactpersoonAfdeling"), 35),
            emailadres=_first(lezer, "emailadres", person, 320),
            telefoonnummer=lezer.text("telefoonnummer", ours.get("telefoonnummer"), 20)
            or _first(lezer, "telefoonnummer", person, 20),
        ),
    }


def _first(lezer: Lezer, name: str, person: Mapping[str, Any], most: int) -> str:
    given = person.get(name, person.get(f"{name}_V"))
    return next((text for one in lezer.items(name, given) if (text := lezer.text(name, one, most))), "")


def _web(lezer: Lezer, given: object) -> str:
    part = lezer.part("webadres", given)
    return lezer.text("url", part.get("url"), 200, sealed=False)


def _place(lezer: Lezer, item: Mapping[str, Any], ours: Mapping[str, Any]) -> tuple[str, str]:
    """Where the work is: VUM's `adres`, the supplement, or the address of the work (E) in the pilot."""
    adres = lezer.part("adres", item.get("adres"))
    postcode, plaats = adres.get("postcode") or ours.get("postcode"), ours.get("plaatsnaam")
    if not postcode:
        holdings = lezer.parts("adresHouding", lezer.part("werkgever", item.get("werkgever")).get("adresHouding"))
        work = next((one for one in holdings if one.get("codeFunctieAdres") == "E"), {})
        dutch = lezer.part("adresNederland", lezer.part("adres", work.get("adres")).get("adresNederland"))
        postcode, plaats = dutch.get("postcode"), plaats or dutch.get("woonplaatsnaam")
    return lezer.postcode("postcode", postcode), lezer.text("plaatsnaam", plaats, 80, sealed=False)


def _name_of_work(lezer: Lezer, beroep: Mapping[str, Any], ours: Mapping[str, Any]) -> str:
    names = (ours.get("naamBeroep"), beroep.get("omschrijvingBeroepsnaam"), beroep.get("naamBeroepOngecodeerd"))
    return next((text for one in names if (text := lezer.text("naamBeroep", one, 120, sealed=False))), "")


def _task(lezer: Lezer, one: Mapping[str, Any]) -> Taak:
    licences = lezer.items("taken.rijbewijs", one.get("rijbewijs"))
    return Taak(
        omschrijving=lezer.text("taken.omschrijving", one.get("omschrijving"), MAX_TAAK, sealed=False),
        werksoort=lezer.text("taken.werksoort", one.get("werksoort"), 40),
        uren_per_week=task_hours(lezer, lezer.text("taken.urenPerWeek", one.get("urenPerWeek"), 10)),
        code_werk_en_denkniveau_minimaal=lezer.code(
            "taken.codeWerkEnDenkniveauMinimaal", one.get("codeWerkEnDenkniveauMinimaal"), Niveau, (0, 7)
        ),
        rijbewijzen=lezer.words("taken.rijbewijs", licences, RIJBEWIJZEN),
    )


def task_hours(lezer: Lezer, text: str) -> Decimal | None:
    """Hours with at most one digit behind the comma."""
    if not text:
        return None
    if not text.isascii() or not _HOURS.fullmatch(text):
        lezer.complain("taken", "Dit is geen aantal uren.", "Vul uren in zoals 8 of 2,5.")
        return None
    return Decimal(text.replace(",", "."))


def _years(lezer: Lezer, item: Mapping[str, Any]) -> int | None:
    for one in lezer.parts("werkervaring", item.get("werkervaring")):
        given = one.get("aantalJarenWerkzaamInBeroep", one.get("aantalJarenWerkzaamInBeroep_V"))
        years = lezer.number("aantalJarenWerkzaamInBeroep", given, 0, 99)
        if years is not None:
            return years
    return None


def _education(lezer: Lezer, one: Mapping[str, Any]) -> OpleidingEis:
    naam = lezer.part("opleidingsnaam", one.get("opleidingsnaam"))
    names = (one.get("naamOpleiding"), naam.get("omschrijvingOpleidingsnaam"), naam.get("naamOpleidingOngecodeerd"))
    return OpleidingEis(
        code_niveau_opleiding=lezer.code("codeNiveauOpleiding", one.get("codeNiveauOpleiding"), NiveauOpleiding, (0,)),
        naam_opleiding=next((t for n in names if (t := lezer.text("naamOpleiding", n, 120, sealed=False))), ""),
        indicatie_diploma=lezer.yes_no("indicatieDiploma", one.get("indicatieDiploma")),
    )


def _vehicles(lezer: Lezer, item: Mapping[str, Any]) -> tuple[int, ...]:
    """What must be there for the work itself."""
    parts = lezer.parts("vervoermiddel", item.get("vervoermiddel"))
    found = {lezer.code("codeVervoermiddel", one.get("codeVervoermiddel"), Vervoer, (0,)) for one in parts}
    return tuple(sorted(code for code in found if code is not None))


def _languages(lezer: Lezer, item: Mapping[str, Any]) -> tuple[Taalbeheersing, ...]:
    found: dict[str, Taalbeheersing] = {}
    for one in lezer.parts("taalbeheersing", item.get("taalbeheersing")):
        code = lezer.text("codeTaal", one.get("codeTaal"), 10).lower()
        if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
            lezer.complain("codeTaal", "Deze taal bestaat niet.", "Gebruik drie letters, zoals nld (ISO 639-3).")
        elif code:
            levels = {
                skill: lezer.code(name, one.get(name), Taalniveau, (0, 8))
                for skill in ("mondeling", "schriftelijk", "lezen", "luisteren")
                if (name := f"codeNiveauTaalbeheersing{skill.capitalize()}")
            }
            found.setdefault(code, Taalbeheersing(code, **levels))
    return tuple(found.values())


def _some(lezer: Lezer, name: str, given: object) -> int | None:
    """Hours a week; none at all is how some say that they do not know."""
    return lezer.number(name, given, 0, 99) or None


def _days(lezer: Lezer, given: object) -> Dag | None:
    total = Dag(0)
    for one in lezer.items("werkdagen", given):
        word = lezer.word("werkdagen", one, [dag.name for dag in Dag if dag.name])
        total |= Dag[word] if word else Dag(0)
    return total or None
