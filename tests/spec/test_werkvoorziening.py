"""Provisions to be able to work: who pays."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet


def _g(titel: str, grond: str, soort: str, loket: str | None, bron: str, **feiten: Any) -> Geval:
    facts = {"grond": grond, "soort": soort, **feiten}
    verwacht = {"mogelijk": loket is not None, "loket": loket}
    return Geval(titel, facts, date(2026, 7, 1), verwacht, bron)


_H, _7 = "10h Participatiewet", "7 lid 1 onderdeel a Participatiewet"
_BIJSTAND = {"ondersteuning_pwet_7_1_a": True}

REGEL = Regel(
    slug="instrument-9-werkvoorziening",
    titel="Voorziening om te kunnen werken",
    uitleg=(
        "Vervoer naar het werk, een tolk, een hulpmiddel of een aangepaste werkplek: wie betaalt hangt van de grond "
        "af. Bij "
        "de Wajong en de WIA is dat UWV, bij de Participatiewet de gemeente.",
        "Wie onder de Participatiewet valt en een visuele beperking heeft, krijgt vervoer, een intermediair en "
        "meeneembare "
        "hulpmiddelen van UWV.",
    ),
    artikelen=("35 en 36 Wet WIA", "2:22 Wajong", "10 en 10h Participatiewet"),
    antwoord=wet("werkvoorziening"),
    vraag="werkvoorziening",
    parameters=(("werkvoorziening", "loket"), ("werkvoorziening", "visueel")),
    let_op=(
        "Bij enkele gronden is niet nagelezen wie betaalt; de uitkomst is dan een indicatie. Ondersteunt de gemeente "
        "de persoon naar werk, zoals bij bijstand, dan is afgeleid dat zij betaalt.",
        "Bedragen en drempels van de normbedragen zijn niet uitgewerkt.",
    ),
    gevallen=(
        _g("Wajong: UWV", "wajong", "vervoer", "uwv", "2:22 Wajong"),
        _g("IVA: UWV", "wia_iva_experiment", "meeneembaar", "uwv", "35 Wet WIA"),
        _g("Participatiewet: gemeente", "pwet_lks_uwv_loonwaarde", "vervoer", "gemeente", "10 Participatiewet"),
        _g(
            "Participatiewet, blind: vervoer van UWV",
            "pwet_lks_uwv_loonwaarde",
            "vervoer",
            "uwv",
            _H,
            visuele_beperking=True,
        ),
        _g("Participatiewet, blind: tolk van UWV", "amvb_38b_1_d", "intermediair", "uwv", _H, visuele_beperking=True),
        _g(
            "Participatiewet, blind: hulpmiddel van UWV",
            "pwet_uwv_wml_eigen_verzoek",
            "meeneembaar",
            "uwv",
            _H,
            visuele_beperking=True,
        ),
        _g(
            "Participatiewet, blind: de werkplek van de gemeente",
            "pwet_lks_uwv_loonwaarde",
            "werkplek",
            "gemeente",
            _H,
            visuele_beperking=True,
        ),
        _g("Wajong, blind: gewoon UWV", "wajong", "werkplek", "uwv", "2:22 Wajong", visuele_beperking=True),
        _g("Wsw, blind: artikel 10h geldt niet", "wsw", "vervoer", "gemeente", "7 Wsw", visuele_beperking=True),
        _g("Lid 2", "jonggehandicapt_uwv_oordeel", "meeneembaar", "uwv", "38b lid 2 Wfsv"),
        _g("Niet in het register", "geen", "werkplek", "uwv", "35 Wet WIA"),
        _g("Niet in het register, met bijstand: de gemeente", "geen", "werkplek", "gemeente", _7, **_BIJSTAND),
        _g("Lid 2, met bijstand: de gemeente", "jonggehandicapt_uwv_oordeel", "werkplek", "gemeente", _7, **_BIJSTAND),
        _g("Wajong, met bijstand erbij: de grond zegt UWV", "wajong", "werkplek", "uwv", "2:22 Wajong", **_BIJSTAND),
        _g(
            "Bijstand en blind, niet in het register: vervoer van UWV",
            "geen",
            "vervoer",
            "uwv",
            _H,
            visuele_beperking=True,
            **_BIJSTAND,
        ),
        _g("Niet nodig voor werk", "wajong", "vervoer", None, "35 Wet WIA", nodig_voor_werk=False),
    ),
)


@REGEL.cases()
def test_werkvoorziening(geval: Geval) -> None:
    REGEL.check(geval)
