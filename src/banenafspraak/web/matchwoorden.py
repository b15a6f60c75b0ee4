"""Why a person and a vacature match, in the words of a screen: to the person ('u') or to who helps that person."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext as in_this_language
from django.utils.translation import gettext_lazy as _

from banenafspraak.bemiddeling import matchzinnen
from banenafspraak.bemiddeling.matching import Criterium, Oordeel, Reden, Uitslag
from banenafspraak.bemiddeling.vacaturerecord import VacatureRecord
from banenafspraak.web.components.parts import Table, table
from banenafspraak.web.vacaturewoorden import hours_text, place_text

CRITERIA: Mapping[Criterium, Promise] = {
    Criterium.WERK: _("Soort werk"),
    Criterium.ERVARING: _("Ervaring"),
    Criterium.AFSTAND: _("Afstand"),
    Criterium.UREN: _("Uren"),
    Criterium.DAGEN: _("Dagen"),
    Criterium.WERKTIJDEN: _("Werktijden"),
    Criterium.NIVEAU: _("Niveau"),
    Criterium.RIJBEWIJS: _("Rijbewijs"),
    Criterium.VERVOER: _("Vervoer"),
    Criterium.TAAL: _("Nederlands"),
    Criterium.CONTRACT: _("Contract"),
    Criterium.BESCHIKBAAR: _("Begindatum"),
}
OORDELEN: Mapping[Oordeel, Promise] = {
    Oordeel.PAST: _("Past"),
    Oordeel.ONBEKEND: _("Nog onbekend"),
    Oordeel.NIET: _("Past niet helemaal"),
    Oordeel.KAN_NIET: _("Kan niet"),
}
_NOT_ASKED = ("_niet_gevraagd", "_niet_nodig")
_SHOWN = 4


@dataclass(frozen=True)
class Matchwoorden:
    """The points, the reasons for, what to look at and what is unknown, and every criterion in a table."""

    punten: int
    past: tuple[str, ...]
    let_op: tuple[str, ...]
    onbekend: tuple[str, ...]
    alles: Table


def sentence(reden: Reden, *, aan_de_persoon: bool) -> str:
    """The reason in the language of the screen."""
    text = matchzinnen.ZINNEN[reden.zin][0 if aan_de_persoon else 1]
    return in_this_language(text) % matchzinnen.values_of(reden)


def words_of(uitslag: Uitslag, *, id: str, caption: str, aan_de_persoon: bool) -> Matchwoorden:
    """A match in words; `id` and `caption` are for the table. What was not asked is only in the table."""

    def told(oordeel: Oordeel) -> list[tuple[Reden, str]]:
        found = [
            (one, sentence(one, aan_de_persoon=aan_de_persoon)) for one in uitslag.redenen if one.oordeel is oordeel
        ]
        return sorted(found, key=lambda one: -one[0].maximum)

    fits = [text for one, text in told(Oordeel.PAST) if not one.zin.endswith(_NOT_ASKED)]
    return Matchwoorden(
        punten=uitslag.punten,
        past=tuple(fits[:_SHOWN]),
        let_op=tuple(text for _one, text in [*told(Oordeel.KAN_NIET), *told(Oordeel.NIET)]),
        onbekend=tuple(text for _one, text in told(Oordeel.ONBEKEND)),
        alles=table(
            id=id,
            caption=caption,
            columns=(gettext("Onderdeel"), gettext("Oordeel"), gettext("Waarom"), gettext("Punten")),
            rows=[
                (
                    str(CRITERIA[one.criterium]),
                    [
                        str(OORDELEN[one.oordeel]),
                        sentence(one, aan_de_persoon=aan_de_persoon),
                        gettext("%(punten)d van %(meest)d") % {"punten": one.punten, "meest": one.maximum},
                    ],
                )
                for one in uitslag.redenen
            ],
            stack=True,
            words=True,
        ),
    )


def job_facts(record: VacatureRecord) -> tuple[str, ...]:
    """A job in a few words for a list: the employer, the place, and the hours; what is not known is left out."""
    return tuple(one for one in (record.handelsnaam_organisatie, place_text(record), hours_text(record)) if one)
