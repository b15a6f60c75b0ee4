"""The employer's check for programs: a key of the organisation, or the session of an employer with its CSRF token.

Every answer to the same number of questions is equally long, whatever it says, and is never compressed.
"""

import json
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Header, Router, Schema
from ninja.utils import check_csrf

from banenafspraak.access import mandaten
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn, is_valid
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.register import raadpleging
from banenafspraak.register.raadpleging import Antwoord, Antwoorden, Vraag
from banenafspraak.web.api.problems import problem
from banenafspraak.wet.raadpleging import Raadpleegsoort

MAX_PERIODEN = 6
_LENGTH, _LENGTH_EACH = 512, 448

router = Router(tags=["Raadplegingen"])


class VraagIn(Schema):
    """One question about one person."""

    bsn: str = Field(description="Burgerservicenummer: negen cijfers.", max_length=9)
    soort: Literal["werknemer", "verwacht", "ingeleend"] = Field(
        description="werknemer: staat op uw loonlijst; verwacht: u wilt die persoon aannemen; ingeleend: u leent in."
    )
    dag: date | None = Field(None, description="Over welke dag u het wilt weten; leeg is vandaag.")
    verklaring: bool = Field(
        False, description="Bij verwacht en ingeleend: u verklaart dat u deze persoon wilt aannemen of inleent."
    )
    uitlener: str = Field("", description="Bij ingeleend: KvK-nummer van de uitlener.", pattern="^([0-9]{8})?$")
    code: str = Field("", description="Code die de kandidaat u gaf. Dan kost de vraag niets.", max_length=12)


class VerzoekIn(Schema):
    """One to a thousand questions."""

    vragen: list[VraagIn] = Field(min_length=1, max_length=raadpleging.MAX_VRAGEN)
    werkgever: str = Field(
        "", description="KvK-nummer van de werkgever die u een mandaat gaf; leeg is uw eigen organisatie.",
        pattern="^([0-9]{8})?$",
    )  # fmt: skip


class PeriodeUit(Schema):
    """Half-open: the day of `tot` itself is not in it."""

    vanaf: date
    tot: date | None = Field(description="Eerste dag zonder registratie; leeg als er dit jaar geen einde bekend is.")


class AntwoordUit(Schema):
    """What came of one question."""

    uitkomst: Literal["beantwoord", "code_onjuist", "geblokkeerd", "geen_werknemer", "quotum_op"]
    geregistreerd: bool | None
    perioden: list[PeriodeUit]
    kost_quotum: bool


class RuimteUit(Schema):
    """How many new people may be asked about."""

    jaar: int
    gebruikt: int
    nu: int


class VerzoekUit(Schema):
    """The answers, in the order of the questions."""

    verzoek: str = Field(description="Nummer van dit verzoek, ook in uw geschiedenis.")
    bekend_op: str
    bijgewerkt_tot: date | None = Field(description="Dag van de laatste levering aan het register.")
    antwoorden: list[AntwoordUit]
    quotum: RuimteUit
    opvulling: str = Field(description="Zonder betekenis: maakt elk antwoord even lang.")


class LijstIn(Schema):
    """Which own staff."""

    nummer: int = Field(description="Nummer van de lijst; staat op de pagina met uw loonheffingennummers.")
    dag: date | None = Field(None, description="Over welke dag; leeg is vandaag.")
    werkgever: str = Field("", pattern="^([0-9]{8})?$", description="KvK-nummer bij een mandaat.")


class WerknemerUit(Schema):
    """One registered employee."""

    bsn: str
    perioden: list[PeriodeUit]


class LijstUit(Schema):
    """Who of the own staff is registered."""

    maand: date | None = Field(description="Maand van de loongegevens.")
    dag: date
    bijgewerkt_tot: date | None
    aantal: int = Field(description="Aantal mensen op de loonlijst.")
    geregistreerd: list[WerknemerUit]


@router.post(
    "/raadplegingen",
    response=VerzoekUit,
    operation_id="createRaadpleging",
    summary="Vragen of mensen in het doelgroepregister staan",
    url_name="check",
)
def check(
    request: HttpRequest,
    verzoek: VerzoekIn,
    idempotency_key: Annotated[
        str, Header(alias="Idempotency-Key", max_length=100, description="Zelfde sleutel, zelfde antwoord.")
    ] = "",
) -> HttpResponse:
    """All questions are answered, or the whole request is refused: then nothing was asked and nothing was used."""
    actor, refusal = _actor(request)
    if refusal:
        return refusal
    now = timezone.now()
    today = timezone.localtime(now).date()
    werkgever_id, refusal = _werkgever(verzoek.werkgever)
    if refusal:
        return refusal
    faults = _faults(verzoek.vragen)
    if faults:
        wrong = sum(not is_valid(vraag.bsn) for vraag in verzoek.vragen)
        if wrong:
            raadpleging.count_elfproef_fouten(actor=actor, aantal=wrong, werkgever_id=werkgever_id, now=now)
        return problem(status=400, detail=_("Verbeter wat onder errors staat en vraag het opnieuw."), errors=faults)
    vragen = [
        Vraag(Bsn.parse(v.bsn), Raadpleegsoort(v.soort), v.dag or today, v.uitlener, v.code) for v in verzoek.vragen
    ]
    try:
        answers = raadpleging.ask(
            actor=actor, vragen=vragen, werkgever_id=werkgever_id, sleutel=idempotency_key, now=now
        )
    except raadpleging.AnderVerzoek:
        return problem(status=409, detail=_("Deze Idempotency-Key hoort bij een ander verzoek."))
    except raadpleging.DagNietToegestaan:
        return problem(status=400, detail=_("Vraag over vandaag, of over een dag van dit of het vorige kalenderjaar."))
    except raadpleging.EchtBsn:
        return problem(status=400, detail=_("Gebruik hier alleen testnummers: 9999xxxxx."))
    return _same_length(_plain(answers), _LENGTH + _LENGTH_EACH * len(vragen))


@router.post(
    "/raadplegingen/lijst",
    response=LijstUit,
    operation_id="listRaadplegingen",
    summary="Welke eigen werknemers in het doelgroepregister staan, volgens de loongegevens",
    url_name="check-list",
)
def own_staff(request: HttpRequest, lijst: LijstIn) -> HttpResponse:
    """Everybody on the payroll is looked up and logged; only who is registered is named."""
    actor, refusal = _actor(request)
    if refusal:
        return refusal
    now = timezone.now()
    werkgever_id, refusal = _werkgever(lijst.werkgever)
    if refusal:
        return refusal
    try:
        found = raadpleging.ask_lijst(
            actor=actor, nummer_id=lijst.nummer, dag=lijst.dag or timezone.localtime(now).date(),
            werkgever_id=werkgever_id, now=now,
        )  # fmt: skip
    except raadpleging.DagNietToegestaan:
        return problem(status=400, detail=_("Vraag over vandaag, of over een dag van dit of het vorige kalenderjaar."))
    body = {
        "maand": found.maand.isoformat() if found.maand else None,
        "dag": found.dag.isoformat(),
        "bijgewerkt_tot": found.bijgewerkt_tot.isoformat() if found.bijgewerkt_tot else None,
        "aantal": found.aantal,
        "geregistreerd": [
            {"bsn": one.bsn.reveal(), "perioden": _perioden(one.perioden)} for one in found.geregistreerd
        ],
    }
    response = HttpResponse(json.dumps(body), content_type="application/json", headers={"Cache-Control": "no-store"})
    response.same_length = True  # type: ignore[attr-defined]
    return response


def _actor(request: HttpRequest) -> tuple[Actor, HttpResponse | None]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.rol is Rol.ANONIEM:
        refusal = problem(status=401, detail=_("Stuur een sleutel mee: Authorization: Bearer, en dan de sleutel."))
        refusal.headers["WWW-Authenticate"] = "Bearer"
        return actor, refusal
    require(actor, Permission.RAADPLEGING_ASK)
    if "Authorization" not in request.headers and check_csrf(request) is not None:
        return actor, problem(status=403, detail=_("Het CSRF-token ontbreekt of is verlopen."))
    return actor, None


def _werkgever(kvk: str) -> tuple[int | None, HttpResponse | None]:
    if not kvk:
        return None, None
    found = mandaten.werkgever_with_kvk(kvk)
    if found is None:
        return None, problem(status=403, detail=_("U hebt geen mandaat van deze werkgever."))
    return found, None


def _faults(vragen: list[VraagIn]) -> list[dict[str, str]]:
    found = []
    for place, vraag in enumerate(vragen):
        if not is_valid(vraag.bsn):
            found.append((place, "bsn", _("Een BSN heeft negen cijfers en voldoet aan de elfproef.")))
        if vraag.soort != "werknemer" and not vraag.verklaring:
            found.append((place, "verklaring", _("Verklaar dat u deze persoon wilt aannemen of inleent.")))
        if (vraag.soort == "ingeleend") != bool(vraag.uitlener):
            found.append((place, "uitlener", _("Geef bij een ingeleende kracht, en alleen dan, de uitlener.")))
    return [{"veld": f"vragen.{place}.{field}", "reden": reason} for place, field, reason in found]


def _plain(answers: Antwoorden) -> dict[str, Any]:
    return {
        "verzoek": str(answers.verzoek),
        "bekend_op": answers.bekend_op.isoformat(timespec="milliseconds"),
        "bijgewerkt_tot": answers.bijgewerkt_tot.isoformat() if answers.bijgewerkt_tot else None,
        "antwoorden": [_antwoord(antwoord) for antwoord in answers.antwoorden],
        "quotum": {
            "jaar": answers.ruimte.quotum, "gebruikt": answers.ruimte.gebruikt, "nu": answers.ruimte.nu,
        },
    }  # fmt: skip


def _antwoord(antwoord: Antwoord) -> dict[str, Any]:
    return {
        "uitkomst": antwoord.uitkomst.value,
        "geregistreerd": antwoord.geregistreerd,
        # Two calendar years hold few periods; of more the last ones.
        "perioden": _perioden(antwoord.perioden[-MAX_PERIODEN:]),
        "kost_quotum": antwoord.kost_quotum,
    }


def _perioden(perioden: tuple[raadpleging.Periode, ...]) -> list[dict[str, str | None]]:
    return [{"vanaf": p.vanaf.isoformat(), "tot": p.tot.isoformat() if p.tot else None} for p in perioden]


def _same_length(body: dict[str, Any], length: int) -> HttpResponse:
    text = json.dumps(body, separators=(",", ":"))
    text = f'{text[:-1]},"opvulling":"{"-" * (length - len(text) - 15)}"}}'
    response = HttpResponse(text, content_type="application/json", headers={"Cache-Control": "no-store"})
    response.same_length = True  # type: ignore[attr-defined]
    return response
