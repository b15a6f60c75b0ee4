"""The demo's people: one made-up user for each role, to sign in without an identity provider. Never in productie."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from banenafspraak.access import bsn as bsns
from banenafspraak.access.actor import Actor, of_user
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.gebieden import load_gebieden
from banenafspraak.access.models import Gebruiker, Gemeente, Lidmaatschap, Organisatie, bsn_context
from banenafspraak.access.permissions import Rol

_SINCE = datetime(2013, 1, 1, tzinfo=UTC)
_Soort = Organisatie.Soort


class DemoForbidden(PermissionDenied):
    """The demo's sign-in was asked for where it may not exist."""


@dataclass(frozen=True)
class DemoOrganisatie:
    """A made-up organisation, or a made-up office of a real one; numbers outside what is really given out."""

    naam: str
    soort: str
    kvk: str | None = None
    gemeente: str | None = None
    regio: str | None = None
    oin: str | None = None


@dataclass(frozen=True)
class DemoRol:
    """One button of the demo's sign-in page: `sleutel` in its address, `label` and `uitleg` on the page (Dutch)."""

    sleutel: str
    label: str
    rol: Rol
    organisatie: DemoOrganisatie | None
    naam: str

    @property
    def email(self) -> str:
        """The address the user is known by; `.invalid` never receives mail."""
        return f"{self.sleutel}@demo.invalid"


_GEMEENTE = DemoOrganisatie("Gemeente Hilversum", _Soort.GEMEENTE, gemeente="GM0402", oin="00000000000000000402")
_WSP = DemoOrganisatie("WSP Gooi en Vechtstreek", _Soort.WSP, regio="AM12", oin="00000000000000000012")
_WSP_ELDERS = DemoOrganisatie("WSP Zeeland", _Soort.WSP, regio="AM24")
_UWV = DemoOrganisatie("UWV", _Soort.UWV, oin="00000000000000000001")
_GEMEENTE_ELDERS = DemoOrganisatie("Gemeente Middelburg", _Soort.GEMEENTE, gemeente="GM0687")
_WERKGEVER = DemoOrganisatie("Bakkerij De Korenaar", _Soort.WERKGEVER, kvk="00000001")
_WERKGEVER_2 = DemoOrganisatie("Drukkerij De Letter", _Soort.WERKGEVER, kvk="00000003")
_KANTOOR = DemoOrganisatie("Administratiekantoor Cijfer & Co", _Soort.WERKGEVER, kvk="00000004")
_MINISTERIE = DemoOrganisatie("Ministerie van Sociale Zaken en Werkgelegenheid", _Soort.MINISTERIE)
_TOEZICHT = DemoOrganisatie("Toezicht gegevensbescherming", _Soort.TOEZICHTHOUDER)

DEMO_ROLLEN: tuple[DemoRol, ...] = (
    DemoRol("werkgever", "Werkgever", Rol.WERKGEVER, _WERKGEVER, "Wil van Bakel"),
    DemoRol("werkgever-2", "Werkgever (andere)", Rol.WERKGEVER, _WERKGEVER_2, "Wim Letter"),
    DemoRol("administratiekantoor", "Administratiekantoor", Rol.WERKGEVER, _KANTOOR, "Ada Cijfer"),
    DemoRol("burger", "Burger (in het register)", Rol.BURGER, None, "Bo Burger"),
    DemoRol("burger-gevraagd", "Burger (met een vraag van een werkgever)", Rol.BURGER, None, "Vera Vraag"),
    DemoRol("burger-nieuw", "Burger (nog niet in het register)", Rol.BURGER, None, "Nieke Nieuw"),
    DemoRol("bemiddelaar", "Bemiddelaar (regio)", Rol.BEMIDDELAAR, _WSP, "Bente Brug"),
    DemoRol("bemiddelaar-gemeente", "Bemiddelaar (gemeente)", Rol.BEMIDDELAAR, _GEMEENTE, "Gijs Gooi"),
    DemoRol("bemiddelaar-zeeland", "Bemiddelaar (andere gemeente)", Rol.BEMIDDELAAR, _GEMEENTE_ELDERS, "Zoë Zand"),
    DemoRol("beoordelaar", "Beoordelaar", Rol.BEOORDELAAR, _UWV, "Uma Veld"),
    DemoRol("beoordelaar-2", "Beoordelaar (collega)", Rol.BEOORDELAAR, _UWV, "Umar Berg"),
    DemoRol("beleid", "Beleidsadviseur (regio)", Rol.BELEID, _WSP, "Loes Laren"),
    DemoRol("beleid-zeeland", "Beleidsadviseur (andere regio)", Rol.BELEID, _WSP_ELDERS, "Zeger Zand"),
    DemoRol("beleid-ministerie", "Beleidsadviseur (ministerie)", Rol.BELEID, _MINISTERIE, "Mina Haag"),
    DemoRol("toezicht", "Toezichthouder", Rol.TOEZICHT, _TOEZICHT, "Toos Wacht"),
    DemoRol("beheer", "Beheerder", Rol.BEHEER, _UWV, "Bas Beheer"),
)


def ensure_demo_roles() -> None:
    """Make every demo role that is not there yet; a second call changes nothing.

    Raises `DemoForbidden` in productie.
    """
    _refuse_in_productie()
    with transaction.atomic():
        if not Gemeente.objects.exists():
            load_gebieden(apps)
        for demo in DEMO_ROLLEN:
            gebruiker, _ = Gebruiker.objects.get_or_create(
                email=demo.email, defaults={"naam": demo.naam, "is_demo": True, "created_at": _SINCE}
            )
            Lidmaatschap.objects.get_or_create(
                gebruiker=gebruiker,
                organisatie=_organisatie(demo.organisatie),
                rol=demo.rol.value,
                defaults={"geldig": (_SINCE.date(), None)},
            )


def give_bsn(sleutel: str, bsn: Bsn) -> None:
    """Let a burger of the demo be this made-up person. `ValueError` for a number that is not kept for made-up people.

    Raises `DemoForbidden` in productie.
    """
    _refuse_in_productie()
    if not bsn.is_test:
        raise ValueError("the demo knows made-up people only")
    gebruiker = Gebruiker.objects.get(email=f"{sleutel}@demo.invalid", is_demo=True)
    gebruiker.bsn_verzegeld = bsns.seal(bsn, context=bsn_context(gebruiker.pk))
    gebruiker.save(update_fields=["bsn_verzegeld"])


def oin_of(leverancier: str) -> str | None:
    """The number of the demo's organisation that delivers for 'uwv', a region or a gemeente (codes); None without."""
    known = {"uwv": _UWV} | {
        code: demo.organisatie
        for demo in DEMO_ROLLEN
        if demo.organisatie is not None and (code := demo.organisatie.gemeente or demo.organisatie.regio)
    }
    found = known.get(leverancier)
    return found.oin if found is not None else None


def actor_of(sleutel: str, *, peildatum: date, doel: str) -> Actor:
    """Who acts behind this button, while the demo is filled. Raises `DemoForbidden` in productie, `KeyError`."""
    _refuse_in_productie()
    demo = {rol.sleutel: rol for rol in DEMO_ROLLEN}[sleutel]
    lidmaatschap = Lidmaatschap.objects.select_related("gebruiker").get(
        gebruiker__email=demo.email, gebruiker__is_demo=True, rol=demo.rol.value
    )
    return of_user(lidmaatschap.gebruiker, lidmaatschap_id=lidmaatschap.pk, peildatum=peildatum, doel=doel)


def demo_sign_in(sleutel: str) -> tuple[Gebruiker, int]:
    """The user and the membership behind one button of the demo's sign-in page.

    Raises `DemoForbidden` in productie and where the demo is off, `KeyError` for a button that does not exist.
    """
    _refuse_in_productie()
    if not settings.DEMO:
        raise DemoForbidden("De demo staat uit.")
    demo = {rol.sleutel: rol for rol in DEMO_ROLLEN}[sleutel]
    lidmaatschap = Lidmaatschap.objects.select_related("gebruiker").get(
        gebruiker__email=demo.email, gebruiker__is_demo=True, rol=demo.rol.value
    )
    return lidmaatschap.gebruiker, lidmaatschap.pk


def _organisatie(demo: DemoOrganisatie | None) -> Organisatie | None:
    if demo is None:
        return None
    organisatie, _ = Organisatie.objects.get_or_create(
        naam=demo.naam,
        soort=demo.soort,
        defaults={"kvk": demo.kvk, "gemeente_id": demo.gemeente, "regio_id": demo.regio, "oin": demo.oin},
    )
    if demo.oin is not None and organisatie.oin is None:  # made by a demo from before there were profiles
        organisatie.oin = demo.oin
        organisatie.save(update_fields=["oin"])
    return organisatie


def _refuse_in_productie() -> None:
    if settings.OMGEVING == "productie":
        raise DemoForbidden("De demo bestaat niet in productie.")
