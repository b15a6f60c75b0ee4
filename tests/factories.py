"""Made-up people, organisations and registrations for tests: functions with keywords, one for each thing."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path

from django.db import transaction

from banenafspraak.access import bsn as bsns
from banenafspraak.access import mandaten
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.models import Gebruiker, Lidmaatschap, Organisatie
from banenafspraak.access.permissions import Rol
from banenafspraak.adapters.doelgroepregister import KOLOMMEN
from banenafspraak.bemiddeling import profielen, vacatures
from banenafspraak.bemiddeling.models import Klantprofiel, Vacature
from banenafspraak.bemiddeling.profielrecord import Contact, ProfielRecord, Stap
from banenafspraak.bemiddeling.profielrijen import is_answered
from banenafspraak.bemiddeling.vacaturerecord import VacatureRecord
from banenafspraak.register import aanvragen, beoordeling, persoonsindex, registraties, werkrelaties
from banenafspraak.register.aanvragen import Aanvraagsoort
from banenafspraak.register.models import (
    Aanvraag,
    Aanvraagstap,
    Beschutplaatsing,
    Beschutwerkadvies,
    Besluit,
    Persoon,
    Registratie,
    Woonplaats,
)
from banenafspraak.register.records import PersoonRecord, RegistratieRecord, WoonplaatsRecord
from banenafspraak.wet.arbeidsvermogen import AbaUitkomst
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.gronden import Aanvrager
from banenafspraak.wet.registratie import EindeReden

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SINCE = date(2015, 1, 1)


@cache
def _numbers() -> tuple[str, ...]:
    return tuple(text for n in range(999_900_000, 1_000_000_000) if bsns.is_valid(text := str(n)))


def bsn(nummer: int = 0) -> Bsn:
    """The one with this number among the 9,091 numbers that are kept for made-up people."""
    return Bsn.parse(_numbers()[nummer])


@contextmanager
def undone() -> Iterator[None]:
    """Leaves no rows behind: for the many examples of one test, which share its transaction."""
    savepoint = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(savepoint)


def moments() -> Iterator[datetime]:
    """Moments that follow each other, a minute apart."""
    moment = NOW
    while True:
        yield moment
        moment += timedelta(minutes=1)


def make_organisatie(*, soort: str = "uwv", naam: str = "UWV", **fields: object) -> Organisatie:
    return Organisatie.objects.create(soort=soort, naam=naam, **fields)


def make_gebruiker(*, naam: str = "alice", **fields: object) -> Gebruiker:
    return Gebruiker.objects.create(naam=naam, email=f"{naam}@test.invalid", created_at=NOW, **fields)


def make_lidmaatschap(
    *,
    gebruiker: Gebruiker | None = None,
    organisatie: Organisatie | None = None,
    rol: Rol = Rol.BEOORDELAAR,
    vanaf: date = SINCE,
    tot: date | None = None,
) -> Lidmaatschap:
    return Lidmaatschap.objects.create(
        gebruiker=gebruiker or make_gebruiker(),
        organisatie=None if rol is Rol.BURGER else organisatie or make_organisatie(),
        rol=rol.value,
        geldig=(vanaf, tot),
    )


def make_actor(
    rol: Rol,
    *,
    regio: str | None = None,
    gemeente: str | None = None,
    bsn: Bsn | None = None,
    saved: bool = True,
) -> Actor:
    """Somebody in this role; with `saved=False` only a value, for code that asks nothing of the database."""
    if rol is Rol.VUM:
        return Actor(
            gebruiker_id=None,
            organisatie_id=make_organisatie(naam="Partij").pk if saved else 1,
            rol=rol,
            regio=regio,
            doel="een test",
            gemeente=gemeente,
            bsn=bsn,
        )
    lidmaatschap = make_lidmaatschap(gebruiker=make_gebruiker(naam=uuid.uuid4().hex), rol=rol) if saved else None
    return Actor(
        gebruiker_id=lidmaatschap.gebruiker_id if lidmaatschap else uuid.uuid4(),
        organisatie_id=lidmaatschap.organisatie_id if lidmaatschap else None,
        rol=rol,
        regio=regio,
        doel="een test",
        gemeente=gemeente,
        bsn=bsn,
    )


def make_burger(nummer: int = 0) -> Actor:
    """Somebody signed in with the DigiD of this person."""
    gebruiker = make_lidmaatschap(gebruiker=make_gebruiker(naam=uuid.uuid4().hex), rol=Rol.BURGER).gebruiker
    return Actor(
        gebruiker_id=gebruiker.pk, organisatie_id=None, rol=Rol.BURGER, regio=None, doel="een test", bsn=bsn(nummer)
    )


def make_college(gemeente: str = "GM0402") -> Actor:
    """A bemiddelaar who acts for the college of this gemeente."""
    organisatie = make_organisatie(soort="gemeente", naam=f"Gemeente {gemeente}", gemeente_id=gemeente)
    lidmaatschap = make_lidmaatschap(
        gebruiker=make_gebruiker(naam=uuid.uuid4().hex), organisatie=organisatie, rol=Rol.BEMIDDELAAR
    )
    return Actor(
        gebruiker_id=lidmaatschap.gebruiker_id,
        organisatie_id=organisatie.pk,
        rol=Rol.BEMIDDELAAR,
        regio=None,
        doel="een test",
        gemeente=gemeente,
    )


def make_aanvraag(
    applicant: Actor,
    *,
    nummer: int = 0,
    soort: Aanvraagsoort = Aanvraagsoort.BANENAFSPRAAK,
    onderwijs: str = "",
    geboortedatum: date = date(1990, 5, 1),
    woongemeente: str = "GM0402",
    now: datetime = NOW,
    beoordelaar: Actor | None = None,
) -> uuid.UUID:
    """An aanvraag that was sent; with a beoordelaar, confirmed and taken up too."""
    number = None if applicant.rol is Rol.BURGER else bsn(nummer)
    made = aanvragen.start(actor=applicant, geboortedatum=geboortedatum, bsn=number, now=now)
    velden = {"onderwijs": onderwijs} if onderwijs else {"toelichting": "Ik word snel moe."}
    stap = "school" if onderwijs else "over_mij"
    aanvragen.save_step(
        actor=applicant, aanvraag_id=made, stap=stap, velden=velden, soort=soort, woongemeente=woongemeente, now=now
    )
    aanvragen.submit(actor=applicant, aanvraag_id=made, now=now)
    if beoordelaar is not None:
        aanvragen.confirm_receipt(actor=beoordelaar, aanvraag_id=made, now=now)
        aanvragen.claim(actor=beoordelaar, aanvraag_id=made, now=now)
    return made


CANNOT_EARN_WML: dict[str, object] = {
    "onderwijs": "geen",
    "ondersteuning_pwet_7_1_a": True,
    "kan_taak_uitvoeren": True,
    "heeft_werknemersvaardigheden": True,
    "kan_uur_aaneengesloten_werken": True,
    "vier_uur_belastbaar": True,
    "drempelfunctie": "geen",
    "beperkingen_nog_zes_maanden": True,
}
"""Answers with which somebody belongs to the doelgroep on their own request."""
CAN_EARN_WML: dict[str, object] = {
    **CANNOT_EARN_WML,
    "drempelfunctie": "zelfstandig",
    "begeleid_werken": "geen_advies",
    "eerder_advies": False,
    "aanpassingen_niet_redelijk": False,
    "toezicht_niet_redelijk": False,
}
"""Answers with which no assessment is positive."""
SHELTERED: dict[str, object] = CAN_EARN_WML | {"toezicht_niet_redelijk": True}
"""Answers with which an advice about beschut werk that was asked for is positive."""


def answer_all(beoordelaar: Actor, aanvraag_id: uuid.UUID, answers: dict[str, object], *, now: datetime = NOW) -> None:
    """Answer the questions that are asked, in their order, out of these answers."""
    peildatum = now.date()
    while vraag := beoordeling.next_question(actor=beoordelaar, aanvraag_id=aanvraag_id, peildatum=peildatum):
        beoordeling.answer(
            actor=beoordelaar, aanvraag_id=aanvraag_id, feit=vraag.naam, waarde=answers[vraag.naam], now=now
        )


def make_persoon(
    nummer: int = 0, *, geboortedatum: date = date(1990, 5, 1), overleden_op: date | None = None
) -> Persoon:
    persoon = persoonsindex.new(bsn(nummer), geboortedatum=geboortedatum, overleden_op=overleden_op)
    persoon.save(force_insert=True)
    return persoon


def make_registratie(
    persoon: Persoon,
    *,
    grond: Grond = Grond.WAJONG,
    route: Route = Route.WAJONG_2015,
    vanaf: date = SINCE,
    tot: date | None = None,
    einde_reden: EindeReden | None = None,
    known_from: datetime = NOW,
    known_until: datetime | None = None,
) -> Registratie:
    return Registratie.objects.create(
        persoon=persoon,
        grond=grond.value,
        route=route.value,
        geldig=(vanaf, tot),
        bekend=(known_from, known_until),
        einde_reden=einde_reden.value if einde_reden else "",
    )


def make_woonplaats(
    persoon: Persoon,
    *,
    gemeente: str = "GM0402",
    vanaf: date = SINCE,
    tot: date | None = None,
    known_from: datetime = NOW,
    known_until: datetime | None = None,
) -> Woonplaats:
    return Woonplaats.objects.create(
        persoon=persoon, gemeente_id=gemeente, geldig=(vanaf, tot), bekend=(known_from, known_until)
    )


def persoon_record(
    nummer: int = 0, *, regel: int = 2, geboortedatum: date = date(1990, 5, 1), overleden_op: date | None = None
) -> PersoonRecord:
    return PersoonRecord(regel, bsn(nummer), geboortedatum, overleden_op)


def registratie_record(
    nummer: int = 0,
    *,
    regel: int = 3,
    grond: Grond = Grond.WAJONG,
    route: Route = Route.WAJONG_2015,
    vanaf: date = SINCE,
    tot: date | None = None,
    einde_reden: EindeReden | None = None,
) -> RegistratieRecord:
    return RegistratieRecord(regel, bsn(nummer), grond, route, vanaf, tot, einde_reden)


def woonplaats_record(
    nummer: int = 0, *, regel: int = 4, gemeente: str = "GM0402", vanaf: date = SINCE, tot: date | None = None
) -> WoonplaatsRecord:
    return WoonplaatsRecord(regel, bsn(nummer), gemeente, vanaf, tot)


def sha256(text: str) -> str:
    """The name of a made-up delivery."""
    return hashlib.sha256(text.encode()).hexdigest()


def delivery_line(recordsoort: str, nummer: int = 0, **fields: str) -> str:
    """One line of a delivery file, with the fields named and the others empty."""
    values = {"recordsoort": recordsoort, "bsn": bsn(nummer).reveal()} | fields
    return ";".join(values.get(kolom, "") for kolom in KOLOMMEN)


def delivery_lines(people: int = 3) -> list[str]:
    """A good delivery: a header and three lines for each person."""
    return [
        ";".join(KOLOMMEN),
        *(
            line
            for nummer in range(people)
            for line in (
                delivery_line("persoon", nummer, geboortedatum="1990-05-01"),
                delivery_line("registratie", nummer, grond="wajong", route="wajong_2015", geldig_vanaf="2015-01-01"),
                delivery_line("woonplaats", nummer, gemeente="GM0402", geldig_vanaf="2010-01-01"),
            )
        ),
    ]


def write_delivery(pad: Path, lines: list[str], *, encoding: str = "utf-8", newline: str = "\n") -> Path:
    pad.write_bytes((newline.join(lines) + newline).encode(encoding))
    return pad


def numbers(count: int) -> list[str]:
    """The first so many numbers kept for made-up people, in plain."""
    return list(islice(_numbers(), count))


def make_besluit(
    persoon: Persoon,
    *,
    beoordelaar: Actor,
    uitkomst: AbaUitkomst,
    op: datetime,
    aanvrager: Aanvrager = Aanvrager.PERSOON,
    gemeente: str = "GM0402",
    over_beschut_werk: bool = False,
) -> Beschutwerkadvies | None:
    """A decision as it lies in the register, sent and taken at the same moment; the advice that belongs to it."""
    advice = over_beschut_werk or uitkomst is AbaUitkomst.ADVIES_BESCHUT_WERK
    aanvraag = Aanvraag.objects.create(
        persoon=persoon,
        geboortedatum=persoon.geboortedatum,
        aanvrager=aanvrager.value,
        gemeente_id=gemeente if aanvrager is Aanvrager.COLLEGE else None,
        woongemeente_id=gemeente,
        soort=Aanvraagsoort.BESCHUT_WERK if advice else Aanvraagsoort.BANENAFSPRAAK,
        status="beslist",
        begonnen_at=op,
        ontvangen_op=op.date(),
        bevestigen_uiterlijk_op=op.date(),
        laatste_dag=op.date(),
        beoordelaar_id=beoordelaar.gebruiker_id,
    )
    Aanvraagstap.objects.create(
        aanvraag=aanvraag,
        handeling="indienen",
        van="concept",
        naar="ingediend",
        op=op.date(),
        recorded_at=op,
        rol="burger",
    )
    besluit = Besluit.objects.create(
        aanvraag=aanvraag,
        genomen_op=op.date(),
        genomen_at=op,
        beoordelaar_id=beoordelaar.gebruiker_id,
        uitkomst=uitkomst.value,
        uitkomst_verzegeld=b"",
    )
    if not advice:
        return None
    return Beschutwerkadvies.objects.create(
        besluit=besluit,
        persoon=aanvraag.persoon,
        gemeente_id=gemeente,
        aanvrager=aanvrager.value,
        positief=uitkomst is AbaUitkomst.ADVIES_BESCHUT_WERK,
        geadviseerd_op=op.date(),
    )


def make_plaatsing(advies: Beschutwerkadvies, *, vanaf: date, recorded_at: datetime | None = None) -> Beschutplaatsing:
    """A sheltered job that still runs."""
    moment = recorded_at or datetime.combine(vanaf, datetime.min.time(), tzinfo=UTC)
    return Beschutplaatsing.objects.create(advies=advies, geldig=(vanaf, None), recorded_at=moment)


def make_werkgever(*, naam: str = "Bakkerij", kvk: str = "00000011", lhnr: str = "") -> Actor:
    """Somebody who acts for an employer, with a loonheffingennummer when there is one."""
    organisatie = make_organisatie(soort="werkgever", naam=naam, kvk=kvk)
    gebruiker = make_gebruiker(naam=f"van-{kvk}")
    make_lidmaatschap(gebruiker=gebruiker, organisatie=organisatie, rol=Rol.WERKGEVER)
    if lhnr:
        mandaten.link_loonheffingennummer(
            actor=Actor.system(doel="test"), organisatie_id=organisatie.pk, lhnr=lhnr, now=NOW
        )
    return Actor(gebruiker.pk, organisatie.pk, Rol.WERKGEVER, None, "test")


def lhnr(nummer: int = 9_000) -> str:
    """A loonheffingennummer of a made-up employer."""
    return f"{bsn(nummer).reveal()}L01"


def make_staff(lhnr: str, nummers: Iterable[int], *, maanden: Iterable[date] = (date(2026, 3, 1),)) -> None:
    """These people had a wage from this employer in these months."""
    months = list(maanden)
    werkrelaties.take_in_werkrelaties(
        [werkrelaties.Relatie(maand, lhnr, bsn(nummer)) for maand in months for nummer in nummers],
        actor=Actor.system(doel="test"),
        now=NOW,
    )


def make_registered(
    nummer: int = 0, *, vanaf: date = SINCE, tot: date | None = None, known_at: datetime | None = None
) -> None:
    """Somebody in the register."""
    registraties.register(
        actor=Actor(
            make_gebruiker(naam=f"beoordelaar-{nummer}-{vanaf}-{uuid.uuid4().hex[:8]}").pk,
            None,
            Rol.BEOORDELAAR,
            None,
            "test",
        ),
        bsn=bsn(nummer),
        geboortedatum=date(1990, 5, 1),
        inhoud=registraties.Inhoud(Grond.WAJONG, Route.WAJONG_2015, vanaf, tot, EindeReden.OVERIG if tot else None),
        now=known_at or NOW - timedelta(days=1) + timedelta(seconds=nummer),
    )


def make_kandidaat(nummer: int = 0, *, gemeente: str = "GM0402") -> Persoon:
    """Somebody in the register who lives somewhere, and has no klantprofiel yet."""
    persoon = make_persoon(nummer)
    make_woonplaats(persoon, gemeente=gemeente)
    make_registratie(persoon)
    return persoon


def profiel_record(**fields: object) -> ProfielRecord:
    """A complete profile: the five facts of the Kandidatenverkenner, and how to reach the person."""
    known: dict[str, object] = {
        "werksoorten": ("tuinman",),
        "beschikbaar": True,
        "aantal_werkuren_per_week_maximaal": 24,
        "bemiddelingspostcode": "1211AB",
        "maximale_reisafstand": 10,
        "code_werk_en_denkniveau": 3,
        "werkervaringen": (),
        "contact": Contact(naam="Alice Jansen", emailadres="alice@test.invalid"),
    }
    return ProfielRecord(**(known | fields))  # type: ignore[arg-type]


def make_klantprofiel(
    persoon: Persoon,
    record: ProfielRecord | None = None,
    *,
    status: str = "openbaar",
    reden: str = "",
    op: datetime = NOW,
) -> Klantprofiel:
    """The profile of somebody, answered by a bemiddelaar at that moment."""
    profiel = Klantprofiel(persoon=persoon, status=status, niet_openbaar_reden=reden, versie=0, gemaakt_at=op)
    record = record or profiel_record()
    door = {stap: Rol.BEMIDDELAAR.value for stap in Stap if is_answered(record, stap)}
    profielen.fill(profiel, record, door, peildatum=op.date(), now=op)
    profiel.save()
    return profiel


def make_bemiddelaar(*, regio: str = "AM12", naam: str = "WSP") -> Actor:
    """Somebody of the service point of this region."""
    organisatie = make_organisatie(soort="wsp", naam=naam, regio_id=regio)
    gebruiker = make_gebruiker(naam=uuid.uuid4().hex)
    make_lidmaatschap(gebruiker=gebruiker, organisatie=organisatie, rol=Rol.BEMIDDELAAR)
    return Actor(gebruiker.pk, organisatie.pk, Rol.BEMIDDELAAR, regio, "een test")


def vacaturerecord(**fields: object) -> VacatureRecord:
    """A job in Hilversum of which everything is filled in that must be."""
    values: dict[str, object] = {
        "naam_vacature": "Medewerker bakkerij",
        "omschrijving_vacature": "Brood inpakken en de winkel schoonhouden.",
        "handelsnaam_organisatie": "Bakkerij",
        "werksoort": "bakker",
        "postcode": "1211AB",
        "aantal_werkuren_per_week_minimaal": 16,
        "aantal_werkuren_per_week_maximaal": 24,
    }
    return VacatureRecord(**(values | fields))  # type: ignore[arg-type]


def make_vacature(
    actor: Actor, *, record: VacatureRecord | None = None, is_open: bool = True, now: datetime = NOW, **fields: object
) -> Vacature:
    """A vacature of this employer or adviser, open or still a draft."""
    record = record or vacaturerecord(**({"kvk": "00000099"} if actor.rol is Rol.BEMIDDELAAR else {}) | fields)
    vacature_id = vacatures.draft(actor=actor, record=record, now=now)
    if is_open:
        vacatures.place(actor=actor, vacature_id=vacature_id, now=now)
    return Vacature.objects.get(pk=vacature_id)
