"""The roles in the words of the screen. The Dutch words are those of `access.permissions`; here they get English."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, Rol, may


@dataclass(frozen=True)
class Entrance:
    """The way in for one role on the start page. Without `url` its rooms are still being built: the page says so."""

    title: str
    text: str
    url: str
    link: str


_NAMES: dict[Rol, Promise] = {
    Rol.ANONIEM: _("Bezoeker"),
    Rol.BEHEER: _("Beheerder"),
    Rol.BELEID: _("Beleidsadviseur"),
    Rol.BEMIDDELAAR: _("Bemiddelaar"),
    Rol.BEOORDELAAR: _("Beoordelaar"),
    Rol.BURGER: _("Burger"),
    Rol.SYSTEEM: _("Systeem"),
    Rol.TOEZICHT: _("Toezichthouder"),
    Rol.VUM: _("VUM-partij"),
    Rol.WERKGEVER: _("Werkgever"),
}

_DEMO_LABELS: dict[str, Promise] = {
    "werkgever": _("Werkgever"),
    "werkgever-2": _("Werkgever (andere)"),
    "administratiekantoor": _("Administratiekantoor"),
    "burger": _("Burger (in het register)"),
    "burger-gevraagd": _("Burger (met een vraag van een werkgever)"),
    "burger-nieuw": _("Burger (nog niet in het register)"),
    "bemiddelaar": _("Bemiddelaar (regio)"),
    "bemiddelaar-gemeente": _("Bemiddelaar (gemeente)"),
    "bemiddelaar-zeeland": _("Bemiddelaar (andere gemeente)"),
    "beoordelaar": _("Beoordelaar"),
    "beoordelaar-2": _("Beoordelaar (collega)"),
    "beleid": _("Beleidsadviseur (regio)"),
    "beleid-zeeland": _("Beleidsadviseur (andere regio)"),
    "beleid-ministerie": _("Beleidsadviseur (ministerie)"),
    "toezicht": _("Toezichthouder"),
    "beheer": _("Beheerder"),
}


def demo_label(sleutel: str) -> str:
    """What stands on one button of the demo's sign-in page. KeyError for a demo role this page does not know."""
    return str(_DEMO_LABELS[sleutel])


def entrances(actor: Actor) -> tuple[Entrance, ...]:
    """The ways in, for this actor: first what is open today, then the roles whose rooms are still being built."""
    internal = may(actor, Permission.CIJFERS_ONAFGEROND_VIEW)
    inside = (reverse("internal-figures"), gettext("Naar de onafgeronde cijfers"))
    outside = (reverse("login"), gettext("Inloggen"))
    url, link = inside if internal else outside
    own = (reverse("burger"), gettext("Naar mijn overzicht")) if may(actor, Permission.OWN_VIEW) else outside
    helping = (reverse("bemiddelaar"), gettext("Naar mijn werk")) if may(actor, Permission.POPULATIE_VIEW) else outside
    judging = (reverse("beoordelaar"), gettext("Werklijst")) if may(actor, Permission.AANVRAAG_BEOORDELEN) else outside
    asks = may(actor, Permission.RAADPLEGING_ASK)
    employer = (reverse("employer"), gettext("Naar de pagina's voor werkgevers")) if asks else outside
    return (
        Entrance(
            gettext("Ik wil de cijfers zien"),
            gettext("Iedereen mag de cijfers per arbeidsmarktregio bekijken en downloaden. Inloggen hoeft niet."),
            reverse("figures"),
            gettext("Naar de cijfers"),
        ),
        Entrance(
            gettext("Ik wil iemand aannemen"),
            gettext("Zie in twee minuten wat u krijgt, tot wanneer, en wat u moet doen. Inloggen hoeft niet."),
            reverse("financieel-cv"),
            gettext("Naar het Financieel CV"),
        ),
        Entrance(
            gettext("Ik maak beleid"),
            gettext(
                "U werkt voor een regio, een gemeente of een ministerie. U ziet ook de cijfers die niet zijn afgerond."
            ),
            url,
            link,
        ),
        Entrance(
            gettext("Ik houd toezicht"),
            gettext("U controleert hoe het platform wordt gebruikt. U ziet de cijfers zoals ze zijn geteld."),
            url,
            link,
        ),
        Entrance(
            gettext("Ik ben ontwikkelaar of onderzoeker"),
            gettext("U haalt de openbare cijfers op met een programma. Dat kan zonder sleutel."),
            reverse("api-docs"),
            gettext("Naar de API"),
        ),
        Entrance(
            gettext("Ik ben werkgever"),
            gettext("U wilt iemand aannemen die onder de banenafspraak valt, of weten welke banen meetellen."),
            *employer,
        ),
        Entrance(
            gettext("Ik zoek werk"),
            gettext("U wilt weten of u in het doelgroepregister staat, en wie uw gegevens ziet."),
            *own,
        ),
        Entrance(
            gettext("Ik help mensen aan werk"),
            gettext("U werkt bij een gemeente, bij UWV of bij een werkgeversservicepunt."),
            *helping,
        ),
        Entrance(
            gettext("Ik beoordeel aanvragen"),
            gettext("U beoordeelt bij UWV wie bij de doelgroep hoort."),
            *judging,
        ),
    )


def role_name(rol: Rol) -> str:
    """The name of a role in the language of the page."""
    return str(_NAMES[rol])
