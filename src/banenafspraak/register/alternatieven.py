"""What else exists for somebody who did not get what was asked, as data: the page and the letter show the same."""

from dataclasses import dataclass
from enum import StrEnum

from banenafspraak.register.models import Aanvraagsoort
from banenafspraak.wet.arbeidsvermogen import AbaUitkomst, ArbeidsvermogenFeiten
from banenafspraak.wet.gronden import Aanvrager, Onderwijs


class Alternatief(StrEnum):
    """Another way for somebody who did not get what was asked."""

    BEZWAAR = "bezwaar"
    PRAKTIJKROUTE = "praktijkroute"
    ADVIES_BESCHUT_WERK = "advies_beschut_werk"
    BEOORDELING_BANENAFSPRAAK = "beoordeling_banenafspraak"
    HULP_VAN_DE_GEMEENTE = "hulp_van_de_gemeente"
    OPNIEUW_AANVRAGEN = "opnieuw_aanvragen"


@dataclass(frozen=True)
class AnderePad:
    """Another way, and why it may fit (Dutch, B1)."""

    soort: Alternatief
    reden: str


_REDENEN = {
    Alternatief.BEZWAAR: "Bent u het niet eens met het besluit? Dan kunt u bezwaar maken bij UWV. Dat kost niets.",
    Alternatief.PRAKTIJKROUTE: "De gemeente kan meten wat uw werk waard is, op uw werkplek. Is dat minder dan het "
    "minimumloon? Dan komt u daarmee toch in het doelgroepregister.",
    Alternatief.ADVIES_BESCHUT_WERK: "Hebt u begeleiding of aanpassingen nodig die een gewone werkgever niet kan "
    "geven? Dan kunt u een advies beschut werk aanvragen.",
    Alternatief.BEOORDELING_BANENAFSPRAAK: "U kunt UWV vragen om te beoordelen of u het minimumloon kunt verdienen. Is "
    "dat niet zo? Dan komt u in het doelgroepregister.",
    Alternatief.HULP_VAN_DE_GEMEENTE: "De gemeente kan u helpen met het vinden en houden van werk, ook als u niet in "
    "het doelgroepregister staat.",
    Alternatief.OPNIEUW_AANVRAGEN: "Verandert er iets in uw situatie of in uw gezondheid? Dan kunt u opnieuw een "
    "beoordeling aanvragen.",
}


def other_ways(soort: Aanvraagsoort, feiten: ArbeidsvermogenFeiten, uitkomst: AbaUitkomst) -> tuple[AnderePad, ...]:
    """The ways that are still open after this outcome; objection is open after each."""
    found = [Alternatief.BEZWAAR]
    if uitkomst is AbaUitkomst.GEEN:
        found += _after_refusal(soort, feiten)
    elif uitkomst is AbaUitkomst.ADVIES_BESCHUT_WERK:
        found.append(Alternatief.HULP_VAN_DE_GEMEENTE)
    return tuple(AnderePad(way, _REDENEN[way]) for way in found)


def _after_refusal(soort: Aanvraagsoort, feiten: ArbeidsvermogenFeiten) -> list[Alternatief]:
    ways = []
    # For a citizen every assessment was tried; a gemeente got only the one it asked for, a school check none.
    by_school = soort is Aanvraagsoort.SCHOOL and feiten.onderwijs is not Onderwijs.ENTREE
    one_only = by_school or feiten.aanvrager is Aanvrager.COLLEGE
    if one_only and soort is not Aanvraagsoort.BANENAFSPRAAK and not feiten.duurzaam_geen_vastgesteld:
        ways.append(Alternatief.BEOORDELING_BANENAFSPRAAK)
    durably_unable = feiten.duurzaam_geen_vastgesteld or feiten.duurzaam_geen_arbeidsvermogen
    if not durably_unable:
        ways.append(Alternatief.PRAKTIJKROUTE)
        if one_only and soort is not Aanvraagsoort.BESCHUT_WERK:
            ways.append(Alternatief.ADVIES_BESCHUT_WERK)
    return [*ways, Alternatief.HULP_VAN_DE_GEMEENTE, Alternatief.OPNIEUW_AANVRAGEN]
