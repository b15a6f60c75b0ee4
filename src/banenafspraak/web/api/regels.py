"""The rules of the law for programs: which there are, which facts one needs, and an answer with steps and sources.

Open to everybody: a rule knows nobody, and nothing of a question is kept or logged. Facts come in as the command line
takes them (`banenafspraak wet`), with exact numbers.
"""

import json
from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Path, Router, Schema

from banenafspraak.web.api.problems import problem
from banenafspraak.wet import feiten
from banenafspraak.wet.feiten import FeitenFout, FeitOntbreekt
from banenafspraak.wet.parameters import ParameterFout
from banenafspraak.wet.regels import RULES, Rule

MAX_BYTES = 1_000_000
"""The facts of one person fit in a few kilobytes."""

router = Router(tags=["Regels"])


class RegelUit(Schema):
    """A rule that can be asked."""

    regel: str = Field(description="Naam van de regel, zoals lkv.", examples=["lkv"])
    omschrijving: str = Field(description="Waar de feiten van deze regel over gaan.")


class RegelsUit(Schema):
    """All rules."""

    regels: list[RegelUit]


class BronUit(Schema):
    """Where something stands."""

    titel: str
    artikel: str
    bwb: str = Field(description="Nummer in het Basiswettenbestand; leeg als het geen wet is.")
    url: str
    vindplaats: str


class StapUit(Schema):
    """One question put to the facts."""

    vraag: str
    uitkomst: str
    artikel: str
    feiten: dict[str, Any] = Field(description="De feiten die deze stap gebruikte.")
    aangenomen: list[str] = Field(description="Feiten die niet waren opgegeven en zijn aangenomen.")
    zekerheid: str = Field(description="bron, afgeleid, indicatie of uit geheugen.")
    toelichting: str


class UitkomstUit(Schema):
    """The answer with its steps and sources."""

    waarde: Any = Field(description="Het antwoord van de regel.")
    stappen: list[StapUit]
    bronnen: list[BronUit]


_BODY = {
    "requestBody": {
        "required": True,
        "description": "De peildatum, en de feiten volgens het JSON Schema van /regels/{regel}.",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["peildatum", "feiten"],
                    "properties": {
                        "peildatum": {"type": "string", "format": "date", "description": "Dag van het antwoord."},
                        "feiten": {"type": "object", "description": "De feiten; onbekende namen zijn een fout."},
                    },
                }
            }
        },
    }
}
RegelNaam = Annotated[str, Path(description="Naam van de regel: " + ", ".join(sorted(RULES)) + ".")]


@router.api_operation(
    ["GET", "HEAD"], "/regels", response=RegelsUit, operation_id="listRegels", summary="Alle regels",
    url_name="rules",
)  # fmt: skip
def rules(request: HttpRequest) -> dict[str, object]:
    """Every rule with what its facts are about."""
    return {
        "regels": [
            {"regel": naam, "omschrijving": feiten.schema(rule.facts)["description"]}
            for naam, rule in sorted(RULES.items())
        ]
    }


@router.api_operation(
    ["GET", "HEAD"], "/regels/{regel}", response=dict[str, Any], operation_id="getRegel",
    summary="Het JSON Schema van de feiten van een regel", url_name="rule",
)  # fmt: skip
def rule_schema(request: HttpRequest, regel: RegelNaam) -> HttpResponse:
    """The JSON Schema (2020-12) of the facts, with Dutch descriptions."""
    shape = json.dumps(feiten.schema(_rule(regel).facts), ensure_ascii=False)
    return HttpResponse(
        shape, content_type="application/schema+json", headers={"Cache-Control": "public, max-age=3600"}
    )


@router.post(
    "/regels/{regel}/uitkomsten", response=UitkomstUit, operation_id="createUitkomst",
    summary="Een vraag aan de wet, met stappen en bronnen", url_name="rule-answer", openapi_extra=_BODY,
)  # fmt: skip
def answer(request: HttpRequest, regel: RegelNaam) -> HttpResponse:
    """The answer of the rule on the peildatum; nothing of the question is kept."""
    rule = _rule(regel)
    try:
        peildatum, facts = _question(request)
        uitkomst = rule.answer(feiten.parse(rule.facts, facts), peildatum=peildatum)
    except FeitOntbreekt as missing:
        return _refusal([{"veld": missing.naam, "reden": fout} for fout in missing.fouten])
    except FeitenFout as wrong:
        return _refusal([{"veld": "feiten", "reden": fout} for fout in wrong.fouten])
    except ParameterFout as unknown:
        return _refusal([{"veld": "peildatum", "reden": str(unknown)}])
    body = json.dumps(uitkomst.to_json(), ensure_ascii=False)
    return HttpResponse(body, content_type="application/json", headers={"Cache-Control": "no-store"})


def _rule(naam: str) -> Rule:
    if naam not in RULES:
        raise Http404(_("Deze regel bestaat niet. In /api/v1/regels staan alle regels."))
    return RULES[naam]


def _question(request: HttpRequest) -> tuple[date, object]:
    """The peildatum and the facts of the body. Raises FeitenFout for a body that has anything else."""
    if int(request.headers.get("Content-Length") or 0) > MAX_BYTES:
        raise FeitenFout([_("De vraag is groter dan 1 MB. Geef de feiten van één persoon.")])
    try:
        data = feiten.load(request.body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FeitenFout([_("De vraag is geen UTF-8.")]) from None
    if not isinstance(data, dict) or set(data) != {"peildatum", "feiten"}:
        raise FeitenFout([_("Geef een object met precies peildatum en feiten.")])
    peildatum = feiten.as_date(data["peildatum"])
    if peildatum is None:
        raise FeitenFout([_("De peildatum is geen bestaande datum: schrijf JJJJ-MM-DD.")])
    return peildatum, data["feiten"]


def _refusal(errors: list[dict[str, str]]) -> HttpResponse:
    return problem(status=400, detail=_("Verbeter wat onder errors staat en vraag het opnieuw."), errors=errors)
