"""What each role may do: the permissions as an enum, the roles in prose and in code.

A permission is asked for where the action or the query begins, never in a template or a view. The prose of a
role and its set of permissions stand side by side so that a privacy officer and a developer read the same page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from banenafspraak.access.actor import Actor


class Permission(StrEnum):
    """One thing that may be allowed; in alphabetical order, so that a double is seen at once."""

    AANVRAAG_BEOORDELEN = "aanvraag_beoordelen"
    AANVRAAG_BEVESTIGEN = "aanvraag_bevestigen"
    AANVRAAG_INDIENEN = "aanvraag_indienen"
    AANVRAAG_VIEW = "aanvraag_view"
    BESCHUT_WERK_BESLISSEN = "beschut_werk_beslissen"
    BEZWAAR_DECIDE = "bezwaar_decide"
    CIJFERS_AFGEROND_VIEW = "cijfers_afgerond_view"
    CIJFERS_ONAFGEROND_VIEW = "cijfers_onafgerond_view"
    CONTACTPUNT_CHANGE = "contactpunt_change"
    CONTACT_ANSWER = "contact_answer"
    CONTACT_ASK = "contact_ask"
    CONTACT_HANDLE = "contact_handle"
    CONTACT_RUN = "contact_run"
    GEGEVENS_ERASE = "gegevens_erase"
    KAARTEN_PUBLISH = "kaarten_publish"
    KANDIDAATCODE_MAKE = "kandidaatcode_make"
    KANDIDATEN_SEARCH = "kandidaten_search"
    LEVERING_IMPORT = "levering_import"
    LOGBOEK_VIEW = "logboek_view"
    LOONHEFFINGENNUMMER_LINK = "loonheffingennummer_link"
    LOONWAARDE_VASTLEGGEN = "loonwaarde_vastleggen"
    MATCH_VIEW = "match_view"
    MELDING_DECIDE = "melding_decide"
    MELDING_INZAGE_DECIDE = "melding_inzage_decide"
    METING_BUILD = "meting_build"
    OWN_VIEW = "own_view"
    PLAATSING_CHANGE = "plaatsing_change"
    PLAATSING_SHARE = "plaatsing_share"
    PLAATSING_VIEW = "plaatsing_view"
    POPULATIE_DECIDE = "populatie_decide"
    POPULATIE_VIEW = "populatie_view"
    PROFIEL_CHANGE = "profiel_change"
    PROFIEL_IMPORT = "profiel_import"
    PROFIEL_VIEW = "profiel_view"
    RAADPLEGING_ASK = "raadpleging_ask"
    REGISTER_CHANGE = "register_change"
    REGISTER_IMPORT = "register_import"
    REGISTER_VIEW = "register_view"
    SLEUTELS_CHANGE = "sleutels_change"
    UITSCHRIJVING_BEOORDELEN = "uitschrijving_beoordelen"
    UITSCHRIJVING_VERZOEKEN = "uitschrijving_verzoeken"
    VACATURE_IMPORT = "vacature_import"
    VACATURE_JUDGE = "vacature_judge"
    VACATURE_PLACE = "vacature_place"
    VACATURE_RUN = "vacature_run"
    VUM_ANSWER = "vum_answer"
    VUM_MANAGE = "vum_manage"
    WERKGEVERCONTACT_CHANGE = "werkgevercontact_change"
    WERKGEVER_MANAGE = "werkgever_manage"
    WSP_CIJFERS_VIEW = "wsp_cijfers_view"


class Rol(StrEnum):
    """The part somebody plays while they are signed in; one at a time."""

    ANONIEM = "anoniem"
    BEHEER = "beheer"
    BELEID = "beleid"
    BEMIDDELAAR = "bemiddelaar"
    BEOORDELAAR = "beoordelaar"
    BURGER = "burger"
    SYSTEEM = "systeem"
    TOEZICHT = "toezicht"
    VUM = "vum"
    WERKGEVER = "werkgever"


NOT_A_USER = frozenset({Rol.ANONIEM, Rol.SYSTEEM, Rol.VUM})
"""Roles that no membership gives to anybody."""


@dataclass(frozen=True)
class Rolomschrijving:
    """A role as it is shown (`naam`), explained (`uitleg`, Dutch, B1) and enforced (`permissions`)."""

    naam: str
    uitleg: str
    permissions: frozenset[Permission]


_EVERYONE = frozenset({Permission.CIJFERS_AFGEROND_VIEW})

ROLLEN: Mapping[Rol, Rolomschrijving] = MappingProxyType(
    {
        Rol.ANONIEM: Rolomschrijving(
            naam="Bezoeker",
            uitleg="Iedereen die niet is ingelogd. Ziet de openbare, afgeronde cijfers en verder niets.",
            permissions=_EVERYONE,
        ),
        Rol.BEHEER: Rolomschrijving(
            naam="Beheerder",
            uitleg="Houdt het systeem draaiend: leest leveringen in en maakt metingen. Kan geen personen opzoeken. "
            "Houdt bij hoe werkgevers het Werkgeversservicepunt van een regio bereiken.",
            permissions=_EVERYONE
            | {
                Permission.CONTACTPUNT_CHANGE,
                Permission.LEVERING_IMPORT,
                Permission.LOONHEFFINGENNUMMER_LINK,
                Permission.METING_BUILD,
                Permission.REGISTER_IMPORT,
            },
        ),
        Rol.BELEID: Rolomschrijving(
            naam="Beleidsadviseur",
            uitleg="Werkt voor een regio, een gemeente of een ministerie. Ziet ook de cijfers die niet zijn afgerond; "
            "dat staat daarna in het logboek. Ziet hoe het Werkgeversservicepunt van de eigen regio het doet. "
            "Ziet geen personen.",
            permissions=_EVERYONE | {Permission.CIJFERS_ONAFGEROND_VIEW, Permission.WSP_CIJFERS_VIEW},
        ),
        Rol.BEMIDDELAAR: Rolomschrijving(
            naam="Bemiddelaar",
            uitleg="Helpt kandidaten van de eigen gemeente of regio aan werk. Ziet de registraties en klantprofielen "
            "van die kandidaten, vult profielen met hen in, en behandelt vragen van werkgevers om contact. "
            "Draagt mensen voor, legt vast waar zij werken, en wie met welke werkgever sprak. "
            "Ziet de vacatures van de eigen regio, plaatst vacatures voor werkgevers, en zegt of ze geschikt zijn. "
            "Ziet welke kandidaten bij een vacature passen, en waarom. Houdt bij hoe werkgevers het "
            "Werkgeversservicepunt van de eigen regio bereiken, en ziet de cijfers daarvan. "
            "Wie voor een gemeente werkt, handelt ook voor het college: vraagt een beoordeling aan, beslist over "
            "beschut werk, meldt een loonwaarde, en ziet welke inwoners in het register staan. Dat kan alleen voor de "
            "eigen gemeente.",
            permissions=_EVERYONE
            | {
                Permission.AANVRAAG_INDIENEN,
                Permission.AANVRAAG_VIEW,
                Permission.BESCHUT_WERK_BESLISSEN,
                Permission.CONTACTPUNT_CHANGE,
                Permission.CONTACT_HANDLE,
                Permission.LOONWAARDE_VASTLEGGEN,
                Permission.MATCH_VIEW,
                Permission.PLAATSING_CHANGE,
                Permission.PLAATSING_VIEW,
                Permission.POPULATIE_VIEW,
                Permission.PROFIEL_CHANGE,
                Permission.PROFIEL_IMPORT,
                Permission.PROFIEL_VIEW,
                Permission.REGISTER_VIEW,
                Permission.VACATURE_IMPORT,
                Permission.VACATURE_JUDGE,
                Permission.VACATURE_PLACE,
                Permission.WERKGEVERCONTACT_CHANGE,
                Permission.WSP_CIJFERS_VIEW,
            },
        ),
        Rol.BEOORDELAAR: Rolomschrijving(
            naam="Beoordelaar",
            uitleg="Beoordeelt bij UWV wie bij de doelgroep hoort. Ziet het register, schrijft mensen in en uit, en "
            "herstelt fouten. Behandelt aanvragen en verzoeken om uitschrijving, en ziet wat daarbij is ingestuurd. "
            "Beslist op meldingen van burgers, en op verzoeken van gemeenten om hun populatie.",
            permissions=_EVERYONE
            | {
                Permission.AANVRAAG_BEOORDELEN,
                Permission.AANVRAAG_BEVESTIGEN,
                Permission.AANVRAAG_VIEW,
                Permission.MELDING_DECIDE,
                Permission.POPULATIE_DECIDE,
                Permission.REGISTER_CHANGE,
                Permission.REGISTER_VIEW,
                Permission.UITSCHRIJVING_BEOORDELEN,
            },
        ),
        Rol.BURGER: Rolomschrijving(
            naam="Burger",
            uitleg="Ziet de eigen gegevens en wie ze bekeek, en van niemand anders. Meldt wat niet klopt. Vraagt een "
            "beoordeling aan voor zichzelf, of vraagt om uitschrijving. Vult het eigen klantprofiel in, en beslist "
            "wie het ziet. Ziet welke vacatures passen, en waarom.",
            permissions=_EVERYONE
            | {
                Permission.AANVRAAG_INDIENEN,
                Permission.AANVRAAG_VIEW,
                Permission.CONTACT_ANSWER,
                Permission.KANDIDAATCODE_MAKE,
                Permission.MATCH_VIEW,
                Permission.OWN_VIEW,
                Permission.PLAATSING_SHARE,
                Permission.PLAATSING_VIEW,
                Permission.PROFIEL_CHANGE,
                Permission.PROFIEL_VIEW,
                Permission.UITSCHRIJVING_VERZOEKEN,
            },
        ),
        Rol.SYSTEEM: Rolomschrijving(
            naam="Systeem",
            uitleg="Een taak van het systeem zelf, zoals een levering inlezen of 's nachts een meting maken. "
            "Altijd met een doel, en altijd in het logboek.",
            permissions=_EVERYONE
            | {
                Permission.AANVRAAG_BEVESTIGEN,
                Permission.CIJFERS_ONAFGEROND_VIEW,
                Permission.CONTACT_RUN,
                Permission.GEGEVENS_ERASE,
                Permission.KAARTEN_PUBLISH,
                Permission.LEVERING_IMPORT,
                Permission.LOONHEFFINGENNUMMER_LINK,
                Permission.METING_BUILD,
                Permission.PROFIEL_CHANGE,
                Permission.PROFIEL_IMPORT,
                Permission.REGISTER_IMPORT,
                Permission.SLEUTELS_CHANGE,
                Permission.VACATURE_IMPORT,
                Permission.VACATURE_RUN,
                Permission.VUM_MANAGE,
            },
        ),
        Rol.TOEZICHT: Rolomschrijving(
            naam="Toezichthouder",
            uitleg="Controleert wie wat heeft bekeken en gedaan. Ziet het logboek en ook de cijfers zonder afronding. "
            "Onderzoekt meldingen van burgers over wie hun gegevens bekeek, en beslist over werkgevers die niet meer "
            "mogen vragen.",
            permissions=_EVERYONE
            | {
                Permission.BEZWAAR_DECIDE,
                Permission.CIJFERS_ONAFGEROND_VIEW,
                Permission.LOGBOEK_VIEW,
                Permission.MELDING_INZAGE_DECIDE,
            },
        ),
        Rol.VUM: Rolomschrijving(
            naam="VUM-partij",
            uitleg="Een organisatie die langs een ander systeem zoekt: via de landelijke uitwisseling VUM. Vindt wie "
            "dat goed vindt, zonder naam en zonder wat iemand nodig heeft; bekijkt daarvan hoogstens tien profielen "
            "per zoekvraag, en levert eigen profielen en vacatures. Logt niet in, en ziet geen pagina's.",
            permissions=_EVERYONE | {Permission.PROFIEL_IMPORT, Permission.VACATURE_IMPORT, Permission.VUM_ANSWER},
        ),
        Rol.WERKGEVER: Rolomschrijving(
            naam="Werkgever",
            uitleg="Handelt voor een werkgever. Ziet het register niet; vraagt alleen wat een werkgever mag vragen. "
            "Zoekt kandidaten zonder naam, en vraagt om contact met wie daar zelf ja op zegt. Plaatst eigen vacatures. "
            "Ziet de plaatsingen die de persoon zelf met deze werkgever deelt.",
            permissions=_EVERYONE
            | {
                Permission.CONTACT_ASK,
                Permission.KANDIDATEN_SEARCH,
                Permission.PLAATSING_VIEW,
                Permission.RAADPLEGING_ASK,
                Permission.VACATURE_IMPORT,
                Permission.VACATURE_PLACE,
                Permission.WERKGEVER_MANAGE,
            },
        ),
    }
)


def may(actor: "Actor", permission: Permission) -> bool:
    """Whether the actor's role carries the permission."""
    return permission in ROLLEN[actor.rol].permissions


def require(actor: "Actor", permission: Permission) -> None:
    """Raise `PermissionDenied` (a page answers 403) unless the actor's role carries the permission.

    Raises `TypeError` for `actor=None`: forgetting the actor is a fault of the programme, not a refusal.
    """
    if actor is None:
        raise TypeError("an actor is required; use Actor.anonymous() or Actor.system(doel=...)")
    if not may(actor, permission):
        raise PermissionDenied(f"De rol '{ROLLEN[actor.rol].naam}' mag dit niet: {permission.value}.")
