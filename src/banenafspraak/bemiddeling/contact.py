"""Contact by consent: an employer asks, a bemiddelaar judges, the person answers, and only a yes gives a name.

Nothing that the employer can see changes with a no, with silence or with 'not suitable'. Its own row says what it
asked and when it will hear at the latest, which is set at once and for everybody the same; who said yes comes at fixed
moments (`next_release`). Everything else stands in tables that the employer's role cannot read. Who of a card is
thought of is found after the request is stored, by the queue: how long that takes or whether there was anybody says
nothing to who asked.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek, verzegeling
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import berichten
from banenafspraak.bemiddeling.contactwoorden import (
    BEANTWOORD,
    LOPEND,
    Berichtsoort,
    Contactdoel,
    Contactstatus,
    Ongeschiktreden,
    Tekstcontrole,
    Voorstelstatus,
)
from banenafspraak.bemiddeling.models import Contactverzoek as Contactverzoek
from banenafspraak.bemiddeling.models import Klantprofiel, Voorstelstap
from banenafspraak.bemiddeling.models import Voorstel as Voorstel
from banenafspraak.bemiddeling.models_contact import MAX_AANTAL as MAX_AANTAL
from banenafspraak.bemiddeling.models_contact import verzoek_context
from banenafspraak.bemiddeling.profielwoorden import Profielstatus
from banenafspraak.register import personen, persoonsindex, queries
from banenafspraak.register.moment import day_of
from banenafspraak.register.overgangen import Levensloop, NietMogelijk, Overgang, Overtaken
from banenafspraak.wet.termijnen import first_werkdag, werkdagen_later


class Voorstelhandeling(StrEnum):
    """What can be done with a voorstel."""

    VOORSTELLEN = "voorstellen"
    AANDRAGEN = "aandragen"
    VRAGEN = "vragen"
    AFWIJZEN = "afwijzen"
    JA_ZEGGEN = "ja_zeggen"
    JA_DOORGEVEN = "ja_doorgeven"
    NEE_ZEGGEN = "nee_zeggen"
    NEE_DOORGEVEN = "nee_doorgeven"
    INTREKKEN = "intrekken"
    INTREKKING_DOORGEVEN = "intrekking_doorgeven"
    AFRONDEN = "afronden"
    UITKOMST_DOORGEVEN = "uitkomst_doorgeven"
    EINDIGEN = "eindigen"
    VERLOPEN = "verlopen"
    STOPPEN = "stoppen"


_H, _S, _P = Voorstelhandeling, Voorstelstatus, Permission

LEVENSLOOP: Levensloop[Voorstelhandeling] = Levensloop(
    "het voorstel",
    MappingProxyType(
        {
            _H.VOORSTELLEN: Overgang((), _S.VOORGESTELD, _P.CONTACT_RUN, "Iemand past bij de kaart van een werkgever."),
            _H.AANDRAGEN: Overgang((), _S.VOORGESTELD, _P.CONTACT_HANDLE, "De bemiddelaar denkt aan iemand anders."),
            _H.VRAGEN: Overgang(
                (_S.VOORGESTELD,), _S.GEVRAAGD, _P.CONTACT_HANDLE, "Het past: de persoon krijgt de vraag."
            ),
            _H.AFWIJZEN: Overgang(
                (_S.VOORGESTELD,), _S.NIET_GESCHIKT, _P.CONTACT_HANDLE, "Het past niet, met een reden."
            ),
            _H.JA_ZEGGEN: Overgang((_S.GEVRAAGD,), _S.JA, _P.CONTACT_ANSWER, "De persoon geeft toestemming."),
            _H.JA_DOORGEVEN: Overgang(
                (_S.GEVRAAGD,), _S.JA, _P.CONTACT_HANDLE, "De bemiddelaar geeft het ja van de persoon door."
            ),
            _H.NEE_ZEGGEN: Overgang((_S.GEVRAAGD,), _S.NEE, _P.CONTACT_ANSWER, "De persoon wil geen contact."),
            _H.NEE_DOORGEVEN: Overgang(
                (_S.GEVRAAGD,), _S.NEE, _P.CONTACT_HANDLE, "De bemiddelaar geeft het nee van de persoon door."
            ),
            _H.INTREKKEN: Overgang((_S.JA,), _S.INGETROKKEN, _P.CONTACT_ANSWER, "De persoon trekt het ja in."),
            _H.INTREKKING_DOORGEVEN: Overgang(
                (_S.JA,), _S.INGETROKKEN, _P.CONTACT_HANDLE, "De bemiddelaar geeft door dat het ja is ingetrokken."
            ),
            _H.AFRONDEN: Overgang((_S.JA,), _S.AFGEROND, _P.CONTACT_ASK, "De werkgever meldt wat ervan kwam."),
            _H.UITKOMST_DOORGEVEN: Overgang(
                (_S.JA,), _S.AFGEROND, _P.CONTACT_HANDLE, "De bemiddelaar geeft door wat ervan kwam."
            ),
            _H.EINDIGEN: Overgang((_S.JA,), _S.BEEINDIGD, _P.CONTACT_RUN, "De toestemming is voorbij."),
            _H.VERLOPEN: Overgang(LOPEND, _S.VERLOPEN, _P.CONTACT_RUN, "Niemand heeft op tijd geantwoord."),
            _H.STOPPEN: Overgang(LOPEND, _S.GESTOPT, _P.CONTACT_RUN, "De werkgever vraagt het niet meer."),
        }
    ),
)
"""The life of a voorstel; docs/levenslopen.md is made from it, and the trigger of migration 0031 holds it too."""

EERSTE_ANTWOORD = 2
"""Working days in which a bemiddelaar answers; after them the request stands on top of every list of the region."""
LOOPTIJD = 15
"""Working days after which the employer has heard whoever wants contact."""
MAX_OPEN = 25
"""How many requests of one employer may run at the same time."""
MAX_TEKST = 1000

_VRIJGAVE = time(9, 0)
_MAX_WENS = 500
# Addresses, numbers of more than six digits, and somebody called by a title: perhaps a person, so somebody looks first.
_PERHAPS_PERSONAL = re.compile(
    r"@|https?:|www\.|\b\d[\d\s./-]{5,}\d\b|\b\d{4}\s?[A-Za-z]{2}\b|\b(?:mevr|mw|mevrouw|meneer|dhr|heer)\b",
    re.IGNORECASE,
)


def next_release(now: datetime) -> datetime:
    """The fixed moment at which the employer sees what was answered by now: nine o'clock on a working day."""
    moment = _at_nine(first_werkdag(day_of(now)))
    return moment if moment > now else _at_nine(werkdagen_later(day_of(now), 1))


def closing(now: datetime) -> datetime:
    """When a request of now closes: nine o'clock, so many working days later."""
    return _at_nine(werkdagen_later(day_of(now), LOOPTIJD))


def _at_nine(day: date) -> datetime:
    return datetime.combine(day, _VRIJGAVE, tzinfo=ZoneInfo(settings.TIME_ZONE))


# --- The employer asks -------------------------------------------------------------------------------------------


def requests_of(actor: Actor) -> QuerySet[Contactverzoek]:
    """The requests of the own employer, the newest first; nobody else's. Raises `TypeError` for `actor=None`."""
    if actor is None:
        raise TypeError("an actor is required")
    found = Contactverzoek.objects.filter(vacature=None).order_by("-gevraagd_at", "pk")
    if actor.rol is not Rol.WERKGEVER or actor.organisatie_id is None:
        return found.none()
    return found.filter(werkgever=actor.organisatie_id)


@transaction.atomic
def ask(
    *,
    actor: Actor,
    kaart_id: UUID | str,
    aantal: int,
    vacature_tekst: str,
    aanbod: str,
    doel: Contactdoel = Contactdoel.BAAN,
    wens: str = "",
    sleutel: UUID | None = None,
    now: datetime,
) -> UUID:
    """Ask for contact with so many people of a card. The same `sleutel` again gives the same request.

    `wens` is the query of the search the card was found with; who fits it best is thought of first.

    Who they are is decided by the queue (`tasks.propose`) once this is stored. Raises `PermissionDenied`;
    `ValidationError` (Dutch) for a text that is empty, too long or holds a BSN, a number outside 1..10, or more than
    `MAX_OPEN` requests at a time.
    """
    require(actor, Permission.CONTACT_ASK)
    if actor.organisatie_id is None or actor.gebruiker_id is None:
        raise PermissionDenied("an employer asks for an organisation")
    texts = _checked({"vacature_tekst": vacature_tekst, "aanbod": aanbod})
    if not 1 <= aantal <= MAX_AANTAL:
        raise ValidationError({"aantal": f"Vraag om 1 tot en met {MAX_AANTAL} mensen."})
    sleutel = sleutel or uuid4()
    with connection.cursor() as cursor:
        key = f"bemiddeling.contactverzoek:{actor.organisatie_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    own = requests_of(actor)
    if known := own.filter(sleutel=sleutel).values_list("pk", flat=True).first():
        return known
    if own.filter(status=Contactstatus.OPEN, sluit_at__gt=now).count() >= MAX_OPEN:
        raise ValidationError(f"Er lopen al {MAX_OPEN} verzoeken van u. Wacht tot er een klaar is, of trek er een in.")
    verzoek_id = uuid4()
    held = any(_PERHAPS_PERSONAL.search(text) for text in texts.values())
    Contactverzoek(
        id=verzoek_id,
        werkgever_id=actor.organisatie_id,
        gevraagd_door_id=actor.gebruiker_id,
        sleutel=sleutel,
        kaart=str(kaart_id),
        wens=wens[:_MAX_WENS],
        aantal=aantal,
        doel=doel.value,
        vacature_verzegeld=seal_text_of("vacature", verzoek_id, texts["vacature_tekst"]),
        aanbod_verzegeld=seal_text_of("aanbod", verzoek_id, texts["aanbod"]),
        controle=(Tekstcontrole.VASTGEHOUDEN if held else Tekstcontrole.VRIJ).value,
        status=Contactstatus.OPEN.value,
        gevraagd_at=now,
        sluit_at=closing(now),
    ).save(force_insert=True)
    logboek.record(
        actor=actor,
        handeling="om contact gevraagd",
        onderwerp=f"contactverzoek {verzoek_id}",
        details={"aantal": aantal, "doel": doel.value},
        activiteit=Activiteit.CONTACT,
        now=now,
    )
    # In the transaction of the request itself: stored together, or not at all.
    app.configure_task("banenafspraak.bemiddeling.tasks.propose").defer(verzoek_id=str(verzoek_id))
    return verzoek_id


def stop(*, actor: Actor, verzoek_id: UUID, now: datetime) -> bool:
    """The employer does not ask any more: nothing is shown from now on. Whether there was something to stop.

    What it means for the proposals follows when the clock comes by (`contactklok`). Raises `PermissionDenied`.
    """
    require(actor, Permission.CONTACT_ASK)
    with transaction.atomic():
        running = requests_of(actor).filter(pk=verzoek_id, status=Contactstatus.OPEN)
        if not running.update(status=Contactstatus.INGETROKKEN):
            return False
        logboek.record(
            actor=actor,
            handeling="vraag om contact ingetrokken",
            onderwerp=f"contactverzoek {verzoek_id}",
            activiteit=Activiteit.CONTACT,
            now=now,
        )
    return True


def _checked(texts: Mapping[str, str]) -> dict[str, str]:
    found, errors = {}, {}
    for name, text in texts.items():
        found[name] = text.replace("\x00", "").strip()
        if not found[name]:
            errors[name] = "Vul dit in."
        elif len(found[name]) > MAX_TEKST:
            errors[name] = f"Uw tekst is te lang. Gebruik hoogstens {MAX_TEKST} tekens."
        elif bsns.occurs_in(found[name]):
            errors[name] = "Haal het burgerservicenummer weg. Dat mag hier niet staan."
    if errors:
        raise ValidationError(errors)
    return found


def seal_text_of(kolom: str, verzoek_id: UUID, text: str) -> bytes:
    """What was written about the work ("vacature") or the offer ("aanbod"), sealed for just this request."""
    return verzegeling.seal_text(text, context=verzoek_context(kolom, verzoek_id))


def may_read(voorstel: Voorstel) -> bool:
    """Whether the person may read what the employer wrote: a text that was held only once it was put to them."""
    return voorstel.verzoek.controle == Tekstcontrole.VRIJ or voorstel.status in (_S.GEVRAAGD, *BEANTWOORD)


def texts_of(verzoek: Contactverzoek) -> tuple[str, str]:
    """What the employer wrote: the work, and what is offered. For who may see the request. Raises `SealError`."""
    vacature, aanbod = (
        verzegeling.unseal_text(blob, context=verzoek_context(kolom, verzoek.pk))
        for kolom, blob in (("vacature", verzoek.vacature_verzegeld), ("aanbod", verzoek.aanbod_verzegeld))
    )
    return vacature, aanbod


def asked_for(verzoek_id: UUID) -> Contactverzoek:
    """What was asked, for the queue, which acts for nobody. Raises `Contactverzoek.DoesNotExist`."""
    return Contactverzoek.objects.get(pk=verzoek_id)


def already_asked(verzoek: Contactverzoek) -> set[UUID]:
    """The profiles of whom this employer asked before for this purpose; for the queue only."""
    asked = Voorstel.objects.filter(werkgever=verzoek.werkgever_id, doel=verzoek.doel).values("persoon")
    return set(Klantprofiel.objects.filter(persoon__in=asked).values_list("pk", flat=True))


# --- Who is thought of -------------------------------------------------------------------------------------------


@transaction.atomic
def propose(*, actor: Actor, verzoek_id: UUID, profielen: Iterable[UUID], now: datetime) -> int:
    """Think of these people for a request, in this order, until there are as many as were asked for; returns how many.

    `profielen` comes from `klassen.members_for_contact`. Somebody this employer already asked for this purpose is
    passed over, also when two requests run at the same moment. A second time only fills up. Raises `PermissionDenied`.
    """
    require(actor, Permission.CONTACT_RUN)
    verzoek = Contactverzoek.objects.select_for_update().get(pk=verzoek_id)
    if verzoek.status != Contactstatus.OPEN or verzoek.sluit_at <= now:
        return 0
    wanted, made = verzoek.aantal - verzoek.voorstellen.count(), 0
    order = list(dict.fromkeys(profielen))
    found = Klantprofiel.objects.select_related("persoon").in_bulk(order)
    for profiel_id in order:
        if made >= wanted:
            break
        profiel = found.get(profiel_id)
        if profiel is not None and profiel.status == Profielstatus.OPENBAAR:
            made += think_of(actor, verzoek, profiel, _H.VOORSTELLEN, now) is not None
    return made


@transaction.atomic
def think_of_other(*, actor: Actor, voorstel_id: UUID, persoon_id: UUID, now: datetime) -> UUID:
    """The bemiddelaar thinks of somebody else of the own people, in the place of this proposal; returns the new one.

    Raises `PermissionDenied` for a person who is not theirs, `NietMogelijk` when the proposal does not wait for a
    judgement, or when the employer already asked that person for this.
    """
    voorstel = lock(actor, voorstel_id, _H.AFWIJZEN, now)
    own = queries.own_people(actor, peildatum=day_of(now), known_at=now)
    profiel = (
        Klantprofiel.objects.select_related("persoon")
        .filter(persoon=persoon_id, persoon__in=own, status=Profielstatus.OPENBAAR)
        .first()
    )
    if profiel is None:
        raise PermissionDenied("this person is not one of the own people who can be found")
    made = think_of(actor, voorstel.verzoek, profiel, _H.AANDRAGEN, now)
    if made is None:
        raise NietMogelijk("Deze werkgever heeft deze persoon hier al voor gevraagd.")
    move(voorstel, _H.AFWIJZEN, actor=actor, now=now, **_judged(actor, now), reden=Ongeschiktreden.IEMAND_ANDERS.value)
    return made


def think_of(
    actor: Actor, verzoek: Contactverzoek, profiel: Klantprofiel, handeling: Voorstelhandeling, now: datetime
) -> UUID | None:
    """A new proposal, or None for who was already asked."""
    asked_on = day_of(verzoek.gevraagd_at)
    index = personen.audit_index(profiel.persoon)
    voorstel = Voorstel(
        verzoek=verzoek,
        werkgever_id=verzoek.werkgever_id,
        doel=verzoek.doel,
        vacature_id=verzoek.vacature_id,
        persoon=profiel.persoon,
        betrokkene_index=index,
        status=_S.VOORGESTELD.value,
        voorgesteld_at=now,
        eerste_antwoord_op=werkdagen_later(asked_on, EERSTE_ANTWOORD),
        antwoord_op=day_of(verzoek.sluit_at) - timedelta(days=1),
    )
    try:
        with transaction.atomic():
            voorstel.save(force_insert=True)
    except IntegrityError as error:
        if "twee_keer_gevraagd" in str(error) or "een_keer_in_een_verzoek" in str(error):
            return None
        raise
    _step(voorstel, handeling, "", actor=actor, now=now)
    return voorstel.pk


# --- The bemiddelaar judges, the person answers ------------------------------------------------------------------


def visible_to(actor: Actor, *, now: datetime) -> QuerySet[Voorstel]:
    """The proposals this actor may see: a person the own, a bemiddelaar those of people who live in the own part today.

    Nobody else sees any, least of all an employer. Raises `TypeError` for `actor=None`.
    """
    if actor is None:
        raise TypeError("an actor is required")
    found = Voorstel.objects.select_related("verzoek", "werkgever", "persoon").order_by("voorgesteld_at", "pk")
    if actor.rol is Rol.BURGER and actor.bsn is not None:
        return found.filter(persoonsindex.is_person(actor.bsn, path="persoon__"))
    if actor.rol is Rol.BEMIDDELAAR:
        return found.filter(persoon__in=queries.own_people(actor, peildatum=day_of(now), known_at=now))
    return found.none()


def waiting_for_answer(actor: Actor, *, now: datetime) -> int:
    """How many questions of employers the person who acts can answer today. One query."""
    waiting = visible_to(actor, now=now).filter(status=Voorstelstatus.GEVRAAGD, antwoord_op__gte=day_of(now))
    return waiting.count() if actor.rol is Rol.BURGER else 0


@transaction.atomic
def approve(*, actor: Actor, voorstel_id: UUID, now: datetime) -> None:
    """It fits: the person gets the question, and a message that one waits.

    Raises `PermissionDenied` for who may not see it, `Overtaken` when it does not wait any more.
    """
    voorstel = lock(actor, voorstel_id, _H.VRAGEN, now)
    _require_running(voorstel, now)
    move(voorstel, _H.VRAGEN, actor=actor, now=now, **_judged(actor, now))
    berichten.leave(persoon_id=voorstel.persoon_id, soort=Berichtsoort.VRAAG_OM_CONTACT, over=voorstel.pk, now=now)


@transaction.atomic
def reject(*, actor: Actor, voorstel_id: UUID, reden: Ongeschiktreden, now: datetime) -> None:
    """It does not fit. The employer is told nothing that silence would not tell. Raises as `approve`."""
    voorstel = lock(actor, voorstel_id, _H.AFWIJZEN, now)
    move(voorstel, _H.AFWIJZEN, actor=actor, now=now, **_judged(actor, now), reden=reden.value)


def judge_many(
    *, actor: Actor, voorstel_ids: Iterable[UUID], reden: Ongeschiktreden | None, now: datetime
) -> tuple[int, int]:
    """Approve, or with a reason reject, several at once; returns how many were done and how many were too late."""
    require(actor, Permission.CONTACT_HANDLE)
    done = late = 0
    for voorstel_id in sorted(set(voorstel_ids)):
        try:
            if reden is None:
                approve(actor=actor, voorstel_id=voorstel_id, now=now)
            else:
                reject(actor=actor, voorstel_id=voorstel_id, reden=reden, now=now)
            done += 1
        except NietMogelijk:
            late += 1
    return done, late


@transaction.atomic
def decline(*, actor: Actor, voorstel_id: UUID, now: datetime) -> None:
    """The person wants no contact, by an own no or by one that the bemiddelaar passes on. Raises as `approve`."""
    handeling = _H.NEE_ZEGGEN if actor.rol is Rol.BURGER else _H.NEE_DOORGEVEN
    voorstel = lock(actor, voorstel_id, handeling, now)
    move(voorstel, handeling, actor=actor, now=now, beantwoord_at=now)


def lock_for_answer(actor: Actor, voorstel_id: UUID, handeling: Voorstelhandeling, *, now: datetime) -> Voorstel:
    """A proposal that waits for the person's answer today, its row locked. Raises as `approve`."""
    voorstel = lock(actor, voorstel_id, handeling, now)
    _require_running(voorstel, now)
    if voorstel.antwoord_op < day_of(now):
        raise Overtaken("U kunt hier niet meer op antwoorden: de laatste dag is voorbij.")
    return voorstel


def _judged(actor: Actor, now: datetime) -> dict[str, object]:
    return {"beoordelaar_id": actor.gebruiker_id, "beoordeeld_at": now}


def _require_running(voorstel: Voorstel, now: datetime) -> None:
    if voorstel.verzoek.status != Contactstatus.OPEN or voorstel.verzoek.sluit_at <= now:
        raise Overtaken("De werkgever vraagt dit niet meer.")


def lock(actor: Actor, voorstel_id: UUID, handeling: Voorstelhandeling, now: datetime) -> Voorstel:
    """A proposal in a state from which this can be done, its row locked. Raises as `approve`."""
    require(actor, LEVENSLOOP.overgangen[handeling].permission)
    voorstel = visible_to(actor, now=now).select_for_update(of=("self",)).filter(pk=voorstel_id).first()
    if voorstel is None:
        raise PermissionDenied("this proposal is not for this actor")
    if voorstel.status not in LEVENSLOOP.overgangen[handeling].van:
        raise Overtaken("Dit kan niet meer: er is intussen iets veranderd. Bekijk het opnieuw.")
    return voorstel


def move(voorstel: Voorstel, handeling: Voorstelhandeling, *, actor: Actor, now: datetime, **changes: object) -> None:
    """The change of state itself, on a row that is locked, with its step and its row in the logboek."""
    before = voorstel.status
    voorstel.status = LEVENSLOOP.require(handeling, before)
    for column, value in changes.items():
        setattr(voorstel, column, value)
    voorstel.save(update_fields=["status", *(column.removesuffix("_id") for column in changes)])
    _step(voorstel, handeling, before, actor=actor, now=now)


def _step(voorstel: Voorstel, handeling: Voorstelhandeling, before: str, *, actor: Actor, now: datetime) -> None:
    Voorstelstap.objects.bulk_create(
        [
            Voorstelstap(
                voorstel=voorstel,
                handeling=handeling.value,
                van=before,
                naar=voorstel.status,
                at=now,
                rol=actor.rol.value,
                gebruiker_id=actor.gebruiker_id,
            )
        ]
    )
    logboek.record(
        actor=actor,
        handeling=LOGWOORDEN[handeling],
        onderwerp=f"voorstel {voorstel.pk}",
        persoon_bsn_index=bytes(voorstel.betrokkene_index),
        activiteit=Activiteit.CONTACT,
        now=now,
    )


LOGWOORDEN: Mapping[Voorstelhandeling, str] = MappingProxyType(
    {
        _H.VOORSTELLEN: "voorgesteld voor contact",
        _H.AANDRAGEN: "voorgesteld voor contact door bemiddelaar",
        _H.VRAGEN: "vraag om contact doorgezet",
        _H.AFWIJZEN: "vraag om contact niet doorgezet",
        _H.JA_ZEGGEN: "toestemming gegeven",
        _H.JA_DOORGEVEN: "toestemming doorgegeven",
        _H.NEE_ZEGGEN: "geen contact gewild",
        _H.NEE_DOORGEVEN: "geen contact doorgegeven",
        _H.INTREKKEN: "toestemming ingetrokken",
        _H.INTREKKING_DOORGEVEN: "intrekking van toestemming doorgegeven",
        _H.AFRONDEN: "uitkomst van contact gemeld",
        _H.UITKOMST_DOORGEVEN: "uitkomst van contact doorgegeven",
        _H.EINDIGEN: "toestemming voorbij",
        _H.VERLOPEN: "vraag om contact verlopen",
        _H.STOPPEN: "vraag om contact gestopt",
    }
)
"""What the logboek says of each action."""
