"""Profiles in VUM 3.0 (gegevensstandaard 1.5): JSON, a list of `Werkzoekende` or one of them.

Fields we do not keep are ignored, as the standard asks, and an empty value is an absent one; 0, 7 and 8 are its codes
for not knowing. The standard has no BSN, consent, days, or kind of work: those may stand beside it, in `bsn`,
`toestemming` and `banenafspraak`, as `bemiddeling.profielbestand` writes them. `contactpersoon` is somebody of the
organisation, not the candidate, and so is not taken over.
"""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from banenafspraak.adapters.profielen.jsonlijst import items
from banenafspraak.adapters.profielen.lezer import Lezer, values
from banenafspraak.bemiddeling.profiellevering import Bronnummers, Profielregel
from banenafspraak.bemiddeling.profielrecord import (
    RIJBEWIJZEN,
    Contact,
    Contracttype,
    Cursus,
    Dag,
    EisAanWerk,
    Niveau,
    NiveauOpleiding,
    Opleiding,
    Overeenkomst,
    ProfielRecord,
    StatusOpleiding,
    Taalbeheersing,
    Taalniveau,
    Vervoer,
    Werkervaring,
)
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN
from banenafspraak.register.records import Regelfout

_CONSENT = ("toestemming", "toestemmingTotDelenProfiel")
_SKILLS = ("mondeling", "schriftelijk", "lezen", "luisteren")


def read(stream: BinaryIO, *, organisatie_id: int) -> Iterator[Profielregel | Regelfout]:
    """The profiles of the file, each as a row or as what is wrong with it. Raises `Onleesbaar`."""
    bronnummers = Bronnummers(organisatie_id)
    for nummer, item in enumerate(items(stream), start=1):
        yield read_one(nummer, item, bronnummers)


def read_one(nummer: int, item: object, bronnummers: Bronnummers) -> Profielregel | Regelfout:
    """One `Werkzoekende` of the standard."""
    lezer = Lezer()
    if not isinstance(item, dict):
        lezer.complain("profiel", "Hier hoort een JSON-object te staan.", "Lever een lijst van werkzoekenden.")
        return lezer.fault(nummer)
    record = _record(lezer, item)
    return finish(lezer, nummer, item, record, bronnummers)


def finish(
    lezer: Lezer, nummer: int, item: Mapping[str, Any], record: ProfielRecord, bronnummers: Bronnummers
) -> Profielregel | Regelfout:
    """The row of a record, with who it is about and what they consent to."""
    ours = lezer.part("banenafspraak", item.get("banenafspraak"))
    bsn = lezer.bsn("bsn", item.get("bsn", ours.get("bsn")))
    said = next((one[name] for name in _CONSENT for one in (item, ours) if name in one), None)
    toestemming = lezer.yes_no("toestemming", said)
    contact = lezer.yes_no(
        "indicatieBeschikbaarheidContactgegevens", item.get("indicatieBeschikbaarheidContactgegevens")
    )
    lezer.check(record)
    try:
        bronnummer = bronnummers.of(lezer.text("idWerkzoekende", item.get("idWerkzoekende"), 200), bsn)
    except ValueError:
        bronnummer = ""
        lezer.complain(
            "idWerkzoekende", "In dit nummer staan tekens die niet mogen.", "Gebruik letters, cijfers en . _ -"
        )
    if not bronnummer and not lezer.klachten:
        lezer.complain(
            "idWerkzoekende",
            "Dit profiel heeft geen nummer en geen BSN.",
            "Lever idWerkzoekende, en bsn als u dat mag.",
        )
    if lezer.klachten:
        return lezer.fault(nummer)
    return Profielregel(nummer, bsn, bronnummer, record, toestemming, deelt_contact=bool(toestemming and contact))


def _record(lezer: Lezer, item: Mapping[str, Any]) -> ProfielRecord:
    kwalificatie = lezer.part("arbeidsmarktkwalificatie", item.get("arbeidsmarktkwalificatie"))
    ours = lezer.part("banenafspraak", item.get("banenafspraak"))
    none = {lezer.text("banenafspraak.geen", one, 40) for one in lezer.items("banenafspraak.geen", ours.get("geen"))}
    beroepen = [
        lezer.text("bemiddelingsberoep", one.get("codeBeroepsnaam"), 200, sealed=False)
        for one in lezer.parts("bemiddelingsberoep", item.get("bemiddelingsberoep"))
    ]
    jobs = tuple(_werkervaring(lezer, one) for one in lezer.parts("werkervaring", kwalificatie.get("werkervaring")))
    educations = tuple(_opleiding(lezer, one) for one in lezer.parts("opleiding", kwalificatie.get("opleiding")))
    licences = read_rijbewijzen(lezer, kwalificatie)
    return ProfielRecord(
        **common(lezer, item),
        rijbewijzen=licences or (() if "rijbewijs" in none else None),
        werkdagen=_days(lezer, ours.get("werkdagen")),
        beschikbaar=lezer.yes_no("banenafspraak.beschikbaar", ours.get("beschikbaar")),
        werksoorten=_kinds(lezer, ours.get("werksoorten")),
        bemiddelingsberoepen=unique(beroepen),
        competenties=unique(
            lezer.text("codeCompetentie", one.get("codeCompetentie"), 200, sealed=False)
            for one in lezer.parts("competentiebeheersing", kwalificatie.get("competentiebeheersing"))
        ),
        opleidingen=educations or (() if "opleiding" in none else None),
        werkervaringen=jobs or (() if "werkervaring" in none else None),
        eis_aan_werk=read_eis(lezer, item, lezer.text("banenafspraak.nodig", ours.get("nodig"), 2000)),
        persoonlijke_presentatie=lezer.text("persoonlijkePresentatie", item.get("persoonlijkePresentatie"), 2000),
        contact=read_contact(lezer, item, lezer.text("banenafspraak.naam", ours.get("naam"), 200)),
    )


def common(lezer: Lezer, item: Mapping[str, Any]) -> dict[str, Any]:
    """What VUM 3.0 and its predecessor say in the same words, as fields of a record."""
    mobiliteit = lezer.part("mobiliteit", item.get("mobiliteit"))
    flex = lezer.part("flexibiliteit", item.get("flexibiliteit"))
    tijden = lezer.part("werktijden", item.get("werktijden"))
    kwalificatie = lezer.part("arbeidsmarktkwalificatie", item.get("arbeidsmarktkwalificatie"))
    contracten = lezer.parts("contractvorm", item.get("contractvorm"))
    sectoren = [
        lezer.number("codeSbi", one.get("codeSbi"), 0, 99_999) for one in lezer.parts("sector", item.get("sector"))
    ]
    return {
        "bemiddelingspostcode": lezer.postcode("bemiddelingspostcode", mobiliteit.get("bemiddelingspostcode")),
        "maximale_reisafstand": lezer.number("maximaleReisafstand", mobiliteit.get("maximaleReisafstand"), 0, 999),
        "maximale_reistijd": lezer.number("maximaleReistijd", mobiliteit.get("maximaleReistijd"), 0, 999),
        "vervoermiddelen": _vehicles(lezer, item),
        "aantal_werkuren_per_week_minimaal": lezer.number(
            "aantalWerkurenPerWeekMinimaal", tijden.get("aantalWerkurenPerWeekMinimaal"), 0, 99
        ),
        "aantal_werkuren_per_week_maximaal": lezer.number(
            "aantalWerkurenPerWeekMaximaal", tijden.get("aantalWerkurenPerWeekMaximaal"), 0, 99
        ),
        "indicatie_kantoortijden": lezer.yes_no("indicatieKantoortijden", tijden.get("indicatieKantoortijden")),
        "indicatie_onregelmatig_werk_of_ploegendienst": lezer.yes_no(
            "indicatieOnregelmatigWerkOfPloegendienst", flex.get("indicatieOnregelmatigWerkOfPloegendienst")
        ),
        "datum_aanvang_beschikbaar_voor_werk": lezer.day(
            "datumAanvangBeschikbaarVoorWerk", flex.get("datumAanvangBeschikbaarVoorWerk")
        ),
        "datum_einde_beschikbaar_voor_werk": lezer.day(
            "datumEindeBeschikbaarVoorWerk", flex.get("datumEindeBeschikbaarVoorWerk")
        ),
        "typen_arbeidscontract": lezer.words(
            "codeTypeArbeidscontract", (c.get("codeTypeArbeidscontract") for c in contracten), values(Contracttype)
        ),
        "typen_overeenkomst": lezer.words(
            "codeTypeOvereenkomst", (c.get("codeTypeOvereenkomst") for c in contracten), values(Overeenkomst)
        ),
        "sectoren": tuple(dict.fromkeys(code for code in sectoren if code)),
        "interesses": unique(
            lezer.text("naamInteresse", one.get("naamInteresse"), 120, sealed=False)
            for one in lezer.parts("interesse", kwalificatie.get("interesse"))
        ),
        "code_werk_en_denkniveau": lezer.code(
            "codeWerkEnDenkniveauWerkzoekende", kwalificatie.get("codeWerkEnDenkniveauWerkzoekende"), Niveau, (0, 7)
        ),
        "cursussen": tuple(
            course
            for one in lezer.parts("cursus", kwalificatie.get("cursus"))
            if (course := _cursus(lezer, one)).naam_cursus
        ),
        "taalbeheersing": _languages(lezer, kwalificatie),
    }


def unique(texts: Any) -> tuple[str, ...]:
    """Each text once, without the empty ones."""
    return tuple(dict.fromkeys(text for text in texts if text))


def read_rijbewijzen(lezer: Lezer, kwalificatie: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The driving licences; None when the file is silent."""
    licences = lezer.parts("rijbewijs", kwalificatie.get("rijbewijs"))
    return lezer.words("codeSoortRijbewijs", (one.get("codeSoortRijbewijs") for one in licences), RIJBEWIJZEN) or None


def read_eis(lezer: Lezer, item: Mapping[str, Any], toelichting: str = "") -> EisAanWerk:
    """What somebody needs at work."""
    eis = lezer.part("eisAanWerk", item.get("eisAanWerk"))
    return EisAanWerk(
        indicatie_aanpassing_werkomgeving=lezer.yes_no(
            "indicatieAanpassingWerkomgeving", eis.get("indicatieAanpassingWerkomgeving")
        ),
        indicatie_begeleiding=lezer.yes_no("indicatieBegeleiding", eis.get("indicatieBegeleiding")),
        indicatie_werkvariatie=lezer.yes_no("indicatieWerkvariatie", eis.get("indicatieWerkvariatie")),
        toelichting=toelichting,
    )


def read_contact(lezer: Lezer, item: Mapping[str, Any], naam: str = "") -> Contact:
    """The candidate's own address and telephone number: the first of each."""
    mails = unique(lezer.text("emailadres", one, 320) for one in lezer.items("emailadres", item.get("emailadres")))
    phones = unique(
        lezer.text("telefoonnummer", one, 14) for one in lezer.items("telefoonnummer", item.get("telefoonnummer"))
    )
    return Contact(naam=naam, emailadres="".join(mails[:1]), telefoonnummer="".join(phones[:1]))


def read_opleiding(lezer: Lezer, one: Mapping[str, Any], *, code: str, naam: str, toelichting: str) -> Opleiding:
    """An education, with its name as the standard at hand gives it."""
    return Opleiding(
        code_niveau_opleiding=lezer.code("codeNiveauOpleiding", one.get("codeNiveauOpleiding"), NiveauOpleiding, (0,)),
        code_opleidingsnaam=code,
        naam_opleiding=naam,
        indicatie_diploma=lezer.yes_no("indicatieDiploma", one.get("indicatieDiploma")),
        code_status_opleiding=lezer.code("codeStatusOpleiding", one.get("codeStatusOpleiding"), StatusOpleiding, (0,)),
        datum_diploma=lezer.day("datumDiploma", one.get("datumDiploma")),
        datum_aanvang=lezer.day("datumAanvangVolgenOpleiding", one.get("datumAanvangVolgenOpleiding")),
        datum_einde=lezer.day("datumEindeVolgenOpleiding", one.get("datumEindeVolgenOpleiding")),
        naam_opleidingsinstituut=lezer.text("naamOpleidingsinstituut", one.get("naamOpleidingsinstituut"), 500),
        toelichting=toelichting,
    )


def read_werkervaring(
    lezer: Lezer, one: Mapping[str, Any], *, werksoort: str = "", code: str = "", naam: str = ""
) -> Werkervaring:
    """A job, with its name as the standard at hand gives it."""
    return Werkervaring(
        werksoort=werksoort,
        code_beroepsnaam=code,
        naam_beroep=naam,
        datum_aanvang=lezer.day("datumAanvangWerkzaamheden", one.get("datumAanvangWerkzaamheden")),
        datum_einde=lezer.day("datumEindeWerkzaamheden", one.get("datumEindeWerkzaamheden")),
        naam_organisatie=lezer.text("naamOrganisatie", one.get("naamOrganisatie"), 70),
        toelichting=lezer.text("toelichtingWerkervaring", one.get("toelichtingWerkervaring"), 2000),
    )


def digits(lezer: Lezer, veld: str, waarde: object) -> str:
    """A code of at most ten digits."""
    text = lezer.text(veld, waarde, 10, sealed=False)
    if text and not (text.isascii() and text.isdigit()):
        lezer.complain(veld, "Deze code heeft niet alleen cijfers.", "Vul de code in, hoogstens tien cijfers.")
        return ""
    return text


def _opleiding(lezer: Lezer, one: Mapping[str, Any]) -> Opleiding:
    return read_opleiding(
        lezer,
        one,
        code=digits(lezer, "codeOpleidingsnaam", one.get("codeOpleidingsnaam")),
        # Not of the standard: `profielbestand` writes it in our own supplement.
        naam=lezer.text("naamOpleiding", one.get("naamOpleiding"), 120, sealed=False),
        toelichting=lezer.text("toelichtingOpleiding", one.get("toelichtingOpleiding"), 2000),
    )


def _werkervaring(lezer: Lezer, one: Mapping[str, Any]) -> Werkervaring:
    beroep = lezer.part("beroep", one.get("beroep"))
    kinds = _kinds(lezer, beroep.get("werksoort"))
    return read_werkervaring(
        lezer,
        one,
        werksoort="".join(kinds[:1]),
        code=lezer.text("codeBeroepsnaam", beroep.get("codeBeroepsnaam"), 200, sealed=False),
        naam=lezer.text("naamBeroep", beroep.get("naamBeroep"), 120, sealed=False),
    )


def _cursus(lezer: Lezer, one: Mapping[str, Any]) -> Cursus:
    return Cursus(
        naam_cursus=lezer.text("naamCursus", one.get("naamCursus"), 120, sealed=False),
        indicatie_certificaat=lezer.yes_no("indicatieCertificaat", one.get("indicatieCertificaat")),
        datum_certificaat=lezer.day("datumCertificaat", one.get("datumCertificaat")),
        naam_opleidingsinstituut=lezer.text("naamOpleidingsinstituut", one.get("naamOpleidingsinstituut"), 500),
        toelichting=lezer.text("toelichtingCursus", one.get("toelichtingCursus"), 2000),
    )


def _languages(lezer: Lezer, kwalificatie: Mapping[str, Any]) -> tuple[Taalbeheersing, ...]:
    """How well each language is known; of a language that stands twice the first that says something counts."""
    found: dict[str, dict[str, int | None]] = {}
    for one in lezer.parts("taalbeheersing", kwalificatie.get("taalbeheersing")):
        code = lezer.text("codeTaal", one.get("codeTaal"), 10).lower()
        if not code:
            continue
        if not (len(code) == 3 and code.isascii() and code.isalpha()):
            lezer.complain("codeTaal", "Deze taal bestaat niet.", "Gebruik drie letters, zoals nld (ISO 639-3).")
            continue
        levels = found.setdefault(code, dict.fromkeys(_SKILLS))
        for skill in _SKILLS:
            name = f"codeNiveauTaalbeheersing{skill.capitalize()}"
            level = lezer.code(name, one.get(name), Taalniveau, (0, 8))
            if levels[skill] is None:
                levels[skill] = level
    return tuple(Taalbeheersing(code, **levels) for code, levels in found.items())


def _vehicles(lezer: Lezer, item: Mapping[str, Any]) -> tuple[int, ...]:
    """How somebody gets to work: not what they own but may not use for that."""
    found = {
        code
        for one in lezer.parts("vervoermiddel", item.get("vervoermiddel"))
        if (code := lezer.code("codeVervoermiddel", one.get("codeVervoermiddel"), Vervoer, (0,)))
        and lezer.yes_no("indicatieBeschikbaarVoorWoonWerkverkeer", one.get("indicatieBeschikbaarVoorWoonWerkverkeer"))
        is not False
    }
    return tuple(sorted(found))


def _days(lezer: Lezer, waarde: object) -> Dag | None:
    by_name = {dag.name: dag for dag in Dag if dag.name}
    words = [name for one in lezer.items("werkdagen", waarde) if (name := lezer.word("werkdagen", one, by_name))]
    total = Dag(0)
    for name in words:
        total |= by_name[name]
    return total or None


def _kinds(lezer: Lezer, waarde: object) -> tuple[str, ...]:
    known = WERKSOORTEN
    found = []
    for one in lezer.items("werksoorten", waarde):
        code = lezer.text("werksoorten", one, 40)
        if code and code not in known:
            lezer.complain("werksoorten", "Deze werksoort bestaat niet.", "Kies een werksoort van de lijst.")
        elif code:
            found.append(code)
    return unique(found)
