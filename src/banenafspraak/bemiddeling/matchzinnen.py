"""The sentence of every reason, in Dutch at B1: to the person it is about ('u'), and to somebody who helps that person.

One sentence each, about work, place, hours and papers. Nothing here tells of an illness, or of what somebody needs at
work: those facts do not reach `matching` at all. The keys are the codes in `matching.Reden.zin`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from banenafspraak.bemiddeling.matching import Reden
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN

ZINNEN: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "werk_zelfde": ("U zoekt dit werk: %(werk)s.", "De persoon zoekt dit werk: %(werk)s."),
        "werk_verwant": (
            "%(werk)s lijkt veel op het werk dat u zoekt.",
            "%(werk)s lijkt veel op het werk dat de persoon zoekt.",
        ),
        "werk_groep": (
            "%(werk)s hoort bij dezelfde groep beroepen als het werk dat u zoekt.",
            "%(werk)s hoort bij dezelfde groep beroepen als het werk dat de persoon zoekt.",
        ),
        "werk_werkveld": (
            "%(werk)s is werk in het werkveld dat u zoekt.",
            "%(werk)s is werk in het werkveld dat de persoon zoekt.",
        ),
        "werk_niet": ("U zoekt ander werk dan: %(werk)s.", "De persoon zoekt ander werk dan: %(werk)s."),
        "werk_onbekend": (
            "Wij weten nog niet welk werk u zoekt.",
            "Het is nog niet bekend welk werk de persoon zoekt.",
        ),
        "werk_vacature_onbekend": (
            "In de vacature staat niet welk soort werk het is.",
            "In de vacature staat niet welk soort werk het is.",
        ),
        "ervaring_zelfde": ("U heeft dit werk eerder gedaan.", "De persoon heeft dit werk eerder gedaan."),
        "ervaring_verwant": (
            "U heeft eerder werk gedaan dat hier veel op lijkt.",
            "De persoon heeft eerder werk gedaan dat hier veel op lijkt.",
        ),
        "ervaring_groep": (
            "U heeft eerder werk gedaan dat hier op lijkt.",
            "De persoon heeft eerder werk gedaan dat hier op lijkt.",
        ),
        "ervaring_werkveld": (
            "U heeft eerder in dit werkveld gewerkt.",
            "De persoon heeft eerder in dit werkveld gewerkt.",
        ),
        "ervaring_ander": (
            "U heeft eerder ander werk gedaan, en ervaring is hier niet nodig.",
            "De persoon heeft eerder ander werk gedaan, en ervaring is hier niet nodig.",
        ),
        "ervaring_niet_nodig": ("Voor deze baan is geen ervaring nodig.", "Voor deze baan is geen ervaring nodig."),
        "ervaring_ander_gevraagd": (
            "De werkgever vraagt ervaring, en u heeft eerder ander werk gedaan.",
            "De werkgever vraagt ervaring, en de persoon heeft eerder ander werk gedaan.",
        ),
        "ervaring_geen_gevraagd": (
            "De werkgever vraagt ervaring, en die heeft u nog niet.",
            "De werkgever vraagt ervaring, en die heeft de persoon nog niet.",
        ),
        "ervaring_onbekend": (
            "Wij weten nog niet welk werk u eerder heeft gedaan.",
            "Het is nog niet bekend welk werk de persoon eerder heeft gedaan.",
        ),
        "afstand_past": (
            "Het werk is ongeveer %(km)d kilometer van uw huis, en u wilt tot %(meest)d kilometer reizen.",
            "Het werk is ongeveer %(km)d kilometer van huis, en de persoon wil tot %(meest)d kilometer reizen.",
        ),
        "afstand_onbekend": (
            "Het werk is ongeveer %(km)d kilometer van uw huis, en wij weten nog niet hoe ver u wilt reizen.",
            "Het werk is ongeveer %(km)d kilometer van huis, en het is niet bekend hoe ver de persoon wil reizen.",
        ),
        "afstand_plek_onbekend": (
            "Wij weten nog niet waar u woont.",
            "Het is nog niet bekend waar de persoon woont.",
        ),
        "afstand_vacature_onbekend": (
            "In de vacature staat niet waar het werk is.",
            "In de vacature staat niet waar het werk is.",
        ),
        "afstand_te_ver": (
            "Het werk is ongeveer %(km)d kilometer van uw huis, en u wilt niet verder dan %(meest)d kilometer reizen.",
            "Het werk is ongeveer %(km)d kilometer van huis, en de persoon wil niet verder dan %(meest)d kilometer "
            "reizen.",
        ),
        "afstand_buiten_straal": (
            "Het werk is ongeveer %(km)d kilometer van uw huis, en er is gezocht tot %(straal)d kilometer.",
            "Het werk is ongeveer %(km)d kilometer van huis, en er is gezocht tot %(straal)d kilometer.",
        ),
        "uren_past": (
            "Het werk is %(van)d tot %(tot)d uur per week, en u wilt tot %(wens)d uur werken.",
            "Het werk is %(van)d tot %(tot)d uur per week, en de persoon wil tot %(wens)d uur werken.",
        ),
        "uren_past_vast": (
            "Het werk is %(tot)d uur per week, en u wilt tot %(wens)d uur werken.",
            "Het werk is %(tot)d uur per week, en de persoon wil tot %(wens)d uur werken.",
        ),
        "uren_onbekend_vast": (
            "Het werk is %(tot)d uur per week, en wij weten nog niet hoeveel uur u wilt werken.",
            "Het werk is %(tot)d uur per week, en het is niet bekend hoeveel uur de persoon wil werken.",
        ),
        "uren_bijna": (
            "Het werk is minstens %(van)d uur per week, en u wilt iets minder: tot %(wens)d uur.",
            "Het werk is minstens %(van)d uur per week, en de persoon wil iets minder: tot %(wens)d uur.",
        ),
        "uren_te_veel_werk": (
            "Het werk is minstens %(van)d uur per week, en u wilt niet meer dan %(wens)d uur werken.",
            "Het werk is minstens %(van)d uur per week, en de persoon wil niet meer dan %(wens)d uur werken.",
        ),
        "uren_te_weinig_werk": (
            "Het werk is hooguit %(tot)d uur per week, en u wilt minstens %(wens)d uur werken.",
            "Het werk is hooguit %(tot)d uur per week, en de persoon wil minstens %(wens)d uur werken.",
        ),
        "uren_onbekend": (
            "Het werk is %(van)d tot %(tot)d uur per week, en wij weten nog niet hoeveel uur u wilt werken.",
            "Het werk is %(van)d tot %(tot)d uur per week, en het is niet bekend hoeveel uur de persoon wil werken.",
        ),
        "uren_vacature_onbekend": (
            "In de vacature staat niet hoeveel uur het werk is.",
            "In de vacature staat niet hoeveel uur het werk is.",
        ),
        "dagen_past": (
            "U wilt werken op alle dagen van deze baan.",
            "De persoon wil werken op alle dagen van deze baan.",
        ),
        "dagen_deels": (
            "U wilt werken op %(dagen)d van de %(gevraagd)d dagen van deze baan.",
            "De persoon wil werken op %(dagen)d van de %(gevraagd)d dagen van deze baan.",
        ),
        "dagen_geen": (
            "U wilt werken op andere dagen dan de dagen van deze baan.",
            "De persoon wil werken op andere dagen dan de dagen van deze baan.",
        ),
        "dagen_onbekend": (
            "Wij weten nog niet op welke dagen u wilt werken.",
            "Het is nog niet bekend op welke dagen de persoon wil werken.",
        ),
        "dagen_vacature_onbekend": (
            "In de vacature staat niet op welke dagen het werk is.",
            "In de vacature staat niet op welke dagen het werk is.",
        ),
        "werktijden_alles": (
            "U wilt ook in de avond, in het weekend of in ploegen werken.",
            "De persoon wil ook in de avond, in het weekend of in ploegen werken.",
        ),
        "werktijden_overdag": (
            "Het werk heeft vaste tijden.",
            "Het werk heeft vaste tijden.",
        ),
        "werktijden_liever_niet": (
            "Het werk heeft wisselende tijden, en u werkt liever op kantoortijden.",
            "Het werk heeft wisselende tijden, en de persoon werkt liever op kantoortijden.",
        ),
        "werktijden_kan_niet": (
            "Het werk heeft wisselende tijden, en dat wilt u niet.",
            "Het werk heeft wisselende tijden, en dat wil de persoon niet.",
        ),
        "werktijden_onbekend": (
            "Het werk heeft wisselende tijden, en wij weten nog niet of u dat wilt.",
            "Het werk heeft wisselende tijden, en het is niet bekend of de persoon dat wil.",
        ),
        "werktijden_vacature_onbekend": (
            "In de vacature staat niet of het werk wisselende tijden heeft.",
            "In de vacature staat niet of het werk wisselende tijden heeft.",
        ),
        "niveau_niet_gevraagd": (
            "De werkgever vraagt geen bepaald niveau.",
            "De werkgever vraagt geen bepaald niveau.",
        ),
        "niveau_past": (
            "U heeft het niveau dat de werkgever vraagt.",
            "De persoon heeft het niveau dat de werkgever vraagt.",
        ),
        "niveau_hoger": (
            "U heeft een hoger niveau dan de werkgever vraagt.",
            "De persoon heeft een hoger niveau dan de werkgever vraagt.",
        ),
        "niveau_bijna": (
            "De werkgever vraagt een niveau dat één stap hoger is dan dat van u.",
            "De werkgever vraagt een niveau dat één stap hoger is dan dat van de persoon.",
        ),
        "niveau_te_hoog": (
            "De werkgever vraagt een veel hoger niveau dan dat van u.",
            "De werkgever vraagt een veel hoger niveau dan dat van de persoon.",
        ),
        "niveau_onbekend": (
            "Wij weten nog niet welk niveau u heeft.",
            "Het is nog niet bekend welk niveau de persoon heeft.",
        ),
        "rijbewijs_niet_gevraagd": (
            "Voor deze baan is geen rijbewijs nodig.",
            "Voor deze baan is geen rijbewijs nodig.",
        ),
        "rijbewijs_past": (
            "U heeft het rijbewijs dat nodig is: %(rijbewijs)s.",
            "De persoon heeft het rijbewijs dat nodig is: %(rijbewijs)s.",
        ),
        "rijbewijs_ontbreekt": (
            "Voor deze baan is een rijbewijs nodig dat u niet heeft: %(rijbewijs)s.",
            "Voor deze baan is een rijbewijs nodig dat de persoon niet heeft: %(rijbewijs)s.",
        ),
        "rijbewijs_onbekend": (
            "Voor deze baan is rijbewijs %(rijbewijs)s nodig, en wij weten nog niet of u dat heeft.",
            "Voor deze baan is rijbewijs %(rijbewijs)s nodig, en het is niet bekend of de persoon dat heeft.",
        ),
        "vervoer_niet_gevraagd": (
            "Voor deze baan is geen eigen vervoer nodig.",
            "Voor deze baan is geen eigen vervoer nodig.",
        ),
        "vervoer_past": ("U heeft het vervoer dat nodig is.", "De persoon heeft het vervoer dat nodig is."),
        "vervoer_fiets": (
            "Het werk is zo dichtbij dat u met de fiets kunt gaan.",
            "Het werk is zo dichtbij dat de persoon met de fiets kan gaan.",
        ),
        "vervoer_ontbreekt": (
            "Voor deze baan is vervoer nodig dat u niet heeft.",
            "Voor deze baan is vervoer nodig dat de persoon niet heeft.",
        ),
        "vervoer_onbekend": (
            "Voor deze baan is eigen vervoer nodig, en wij weten nog niet of u dat heeft.",
            "Voor deze baan is eigen vervoer nodig, en het is niet bekend of de persoon dat heeft.",
        ),
        "taal_niet_gevraagd": (
            "De werkgever vraagt niet hoe goed u Nederlands spreekt.",
            "De werkgever vraagt niet hoe goed de persoon Nederlands spreekt.",
        ),
        "taal_past": (
            "U spreekt goed genoeg Nederlands voor deze baan.",
            "De persoon spreekt goed genoeg Nederlands voor deze baan.",
        ),
        "taal_bijna": (
            "De werkgever vraagt iets beter Nederlands dan u nu spreekt.",
            "De werkgever vraagt iets beter Nederlands dan de persoon nu spreekt.",
        ),
        "taal_te_weinig": (
            "De werkgever vraagt veel beter Nederlands dan u nu spreekt.",
            "De werkgever vraagt veel beter Nederlands dan de persoon nu spreekt.",
        ),
        "taal_onbekend": (
            "Wij weten nog niet hoe goed u Nederlands spreekt.",
            "Het is nog niet bekend hoe goed de persoon Nederlands spreekt.",
        ),
        "contract_past": (
            "U wilt het soort contract van deze baan.",
            "De persoon wil het soort contract van deze baan.",
        ),
        "contract_ander": (
            "U wilt een ander soort contract dan dat van deze baan.",
            "De persoon wil een ander soort contract dan dat van deze baan.",
        ),
        "contract_onbekend": (
            "Het is nog niet bekend of het soort contract past bij wat u wilt.",
            "Het is nog niet bekend of het soort contract past bij wat de persoon wil.",
        ),
        "beschikbaar_past": (
            "U kunt op tijd beginnen.",
            "De persoon kan op tijd beginnen.",
        ),
        "beschikbaar_later": (
            "U kunt een tot drie maanden na de eerste werkdag beginnen.",
            "De persoon kan een tot drie maanden na de eerste werkdag beginnen.",
        ),
        "beschikbaar_veel_later": (
            "U kunt pas meer dan drie maanden na de eerste werkdag beginnen.",
            "De persoon kan pas meer dan drie maanden na de eerste werkdag beginnen.",
        ),
    }
)
"""To the person, and about the person."""


def values_of(reden: Reden) -> dict[str, str | int]:
    """What is filled in in the sentence: a kind of work by its name."""
    waarden = dict(reden.waarden)
    if "werk" in waarden:
        waarden["werk"] = WERKSOORTEN[str(waarden["werk"])].naam
    return waarden


def tekst(reden: Reden, *, aan_de_persoon: bool) -> str:
    """The reason as one Dutch sentence."""
    return ZINNEN[reden.zin][0 if aan_de_persoon else 1] % values_of(reden)
