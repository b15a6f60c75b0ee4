"""What an employer thought of the help, asked once after each outcome; it may skip the question or change its answer.

Who asks is the Werkgeversservicepunt of the region; it reads averages, and remarks without a name, and neither before
there are five answers. An answer says nothing to the person it was about.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek, verzegeling
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling.models import Werkgeversoordeel as Werkgeversoordeel
from banenafspraak.bemiddeling.models_wsp import oordeel_context
from banenafspraak.bemiddeling.wspcijfers import Periode, may_see
from banenafspraak.bemiddeling.wspwoorden import Uitkomstsoort
from banenafspraak.register.moment import day_of
from banenafspraak.register.overgangen import NietMogelijk

VRAAGT = timedelta(days=90)
"""So long after an outcome the question stands; later nobody remembers, and an old question is a nuisance."""
WIJZIGBAAR = timedelta(days=30)
MAX_TOELICHTING = 1000
TOELICHTINGEN_GELEZEN = "toelichtingen van werkgevers gelezen"


@dataclass(frozen=True)
class Uitkomst:
    """What came to an end for this employer, with its answer: None while it gave none. `cijfer` None: it skipped it."""

    soort: Uitkomstsoort
    over: UUID
    naam_vacature: str
    regio: str
    afgelopen_op: date
    oordeel: Werkgeversoordeel | None
    vraagt: bool
    """Whether the question stands: no answer yet, and not too long ago."""
    wijzigbaar: bool
    """Whether an answer may be given or changed now."""

    @property
    def cijfer(self) -> int | None:
        """The answer, from 1 to 5."""
        return self.oordeel.cijfer if self.oordeel else None


def outcomes_of(*, actor: Actor, now: datetime) -> list[Uitkomst]:
    """What came to an end for this employer and can be, or was, answered; the latest first. No names. Two queries.

    Raises `PermissionDenied`.
    """
    require(actor, Permission.CONTACT_ASK)
    if actor.rol is not Rol.WERKGEVER or actor.organisatie_id is None or actor.gebruiker_id is None:
        raise PermissionDenied("an employer answers for an organisation")
    today = day_of(now)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT soort, over, naam_vacature, regio, afgelopen_op FROM bemiddeling_uitkomsten_van(%s, %s, %s)",
            [actor.organisatie_id, actor.gebruiker_id, now],
        )
        rows = cursor.fetchall()
    given = {(one.soort, one.over): one for one in Werkgeversoordeel.objects.filter(werkgever=actor.organisatie_id)}
    found = []
    for soort, over, naam, regio, op in rows:
        oordeel = given.get((soort, over))
        fresh = op > today - VRAAGT
        if oordeel is not None or fresh:
            may_change = now <= oordeel.gegeven_at + WIJZIGBAAR if oordeel else fresh
            found.append(
                Uitkomst(Uitkomstsoort(soort), over, naam, regio, op, oordeel, oordeel is None and fresh, may_change)
            )
    return sorted(found, key=lambda one: (one.afgelopen_op, str(one.over)), reverse=True)


def outcome_of(*, actor: Actor, soort: Uitkomstsoort, over: UUID, now: datetime) -> Uitkomst | None:
    """One of `outcomes_of`; None for what is not this employer's, or too long ago. Raises as that."""
    return next((one for one in outcomes_of(actor=actor, now=now) if (one.soort, one.over) == (soort, over)), None)


@transaction.atomic
def answer(
    *,
    actor: Actor,
    soort: Uitkomstsoort,
    over: UUID,
    cijfer: int | None,
    toelichting: str = "",
    now: datetime,
) -> bool:
    """Give an answer from 1 to 5, change it, or (`cijfer` None) skip the question; false when it was the same already.

    Raises `PermissionDenied` for an outcome of another employer, `NietMogelijk` when it is too late, `ValidationError`
    (Dutch, by field).
    """
    known = outcome_of(actor=actor, soort=soort, over=over, now=now)
    if known is None:
        raise PermissionDenied("this outcome is not of this employer")
    toelichting = toelichting.replace("\x00", "").strip() if cijfer is not None else ""
    if cijfer is not None and not 1 <= cijfer <= 5:
        raise ValidationError({"cijfer": "Kies een antwoord van 1 tot en met 5."})
    if len(toelichting) > MAX_TOELICHTING:
        raise ValidationError({"toelichting": f"Gebruik hoogstens {MAX_TOELICHTING} tekens."})
    if bsns.occurs_in(toelichting):
        raise ValidationError(
            {"toelichting": "Haal het burgerservicenummer weg. Schrijf hier niets over een kandidaat."}
        )
    oordeel = known.oordeel
    if oordeel is not None and (oordeel.cijfer, remark_of(oordeel)) == (cijfer, toelichting):
        return False
    if not known.wijzigbaar:
        raise NietMogelijk(f"U kunt uw antwoord tot {WIJZIGBAAR.days} dagen daarna wijzigen. Dat is nu voorbij.")
    pk = oordeel.pk if oordeel else uuid4()
    sealed = verzegeling.seal_text(toelichting, context=oordeel_context(pk)) if toelichting else None
    values = {
        "cijfer": cijfer,
        "toelichting_verzegeld": sealed,
        "gewijzigd_at": now,
        "gebruiker_id": actor.gebruiker_id,
    }
    if oordeel is not None:
        Werkgeversoordeel.objects.filter(pk=pk).update(**values)
    else:
        row = Werkgeversoordeel(
            id=pk,
            werkgever_id=actor.organisatie_id or 0,
            soort=soort.value,
            over=over,
            regio_id=known.regio,
            afgelopen_op=known.afgelopen_op,
            gegeven_at=now,
            **values,
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
            if name != "werkgever_geeft_een_oordeel_per_uitkomst":
                raise
            return False  # two colleagues at the same moment: the first answer stands, and can be changed
    logboek.record(
        actor=actor,
        handeling="vraag aan werkgever overgeslagen" if cijfer is None else "oordeel van werkgever gegeven",
        onderwerp=f"{soort.value} {over}",
        activiteit=Activiteit.WERKGEVERS,
        now=now,
    )
    return True


def remark_of(oordeel: Werkgeversoordeel) -> str:
    """What the employer wrote with its answer, for the employer itself. Raises `SealError`."""
    return _opened(oordeel.pk, oordeel.toelichting_verzegeld)


@transaction.atomic
def read_remarks(*, actor: Actor, regio: str, periode: Periode, now: datetime) -> list[str]:
    """What employers wrote in a period, for the bemiddelaars of the region: no name, no answer, in no order. Logged.

    By the year only, and empty while there are less than five answers. Raises `ValueError` for a quarter,
    `PermissionDenied` for another region or role.
    """
    require(actor, Permission.WSP_CIJFERS_VIEW)
    if periode.kwartaal is not None:
        raise ValueError("remarks are read by the year")
    if actor.rol is not Rol.BEMIDDELAAR or not may_see(actor, regio):
        raise PermissionDenied("remarks are for the bemiddelaars of the region")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oordeel, toelichting_verzegeld FROM bemiddeling_wsp_toelichtingen(%s, %s, %s)",
            [regio, periode.vanaf, periode.tot],
        )
        rows = cursor.fetchall()
    logboek.record(
        actor=actor,
        handeling=TOELICHTINGEN_GELEZEN,
        onderwerp=f"{regio} {periode.code}",
        details={"aantal": len(rows)},
        activiteit=Activiteit.WERKGEVERS,
        now=now,
    )
    return [_opened(pk, blob) for pk, blob in rows]


def _opened(pk: UUID, blob: bytes | memoryview | None) -> str:
    return verzegeling.unseal_text(blob, context=oordeel_context(pk)) if blob is not None else ""
