"""A small world of VUM: who is where, who asks, and a call as the other side makes it."""

import json
import tempfile
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Organisatie
from banenafspraak.bemiddeling import vumpartijen
from banenafspraak.register.models import Persoon
from tests import factories

BRON, GEMEENTE, BUREAU, STRANGER = (f"0000000000000000080{n}" for n in (2, 3, 4, 9))
PROFIELEN, VACATURES = "/vum/v3/werkzoekendeProfielen", "/vum/v3/vacatures"
SYSTEEM = Actor.system(doel="een test")
HILVERSUM = {"postcode": "1211AB", "afstand": 25}
KLOKKEN = "https://linkeddata.competentnl.nl/uwv/id/occupation/57D17BDAA8"

WHOLE: dict[str, Any] = {
    "persoonlijkePresentatie": "Ik werk graag met mijn handen.",
    "eisAanWerk": {"indicatieAanpassingWerkomgeving": 1, "indicatieBegeleiding": 1, "indicatieWerkvariatie": 2},
    "mobiliteit": {"bemiddelingspostcode": "1211AB", "maximaleReisafstand": 30, "maximaleReistijd": 45},
    "vervoermiddel": [{"codeVervoermiddel": 3, "indicatieBeschikbaarVoorWoonWerkverkeer": 1}],
    "flexibiliteit": {
        "datumAanvangBeschikbaarVoorWerk": "2026-01-01",
        "indicatieOnregelmatigWerkOfPloegendienst": 1,
    },
    "werktijden": {
        "aantalWerkurenPerWeekMinimaal": 16,
        "aantalWerkurenPerWeekMaximaal": 24,
        "indicatieKantoortijden": 1,
    },
    "contractvorm": [{"codeTypeArbeidscontract": "B", "codeTypeOvereenkomst": "01"}],
    "sector": [{"codeSbi": 81210}],
    "bemiddelingsberoep": [{"codeBeroepsnaam": KLOKKEN}],
    "emailadres": ["iemand@test.invalid"],
    "telefoonnummer": ["0612345678"],
    "indicatieLdrRegistratie": 1,
    "arbeidsmarktkwalificatie": {
        "codeWerkEnDenkniveauWerkzoekende": 3,
        "rijbewijs": [{"codeSoortRijbewijs": "B"}, {"codeSoortRijbewijs": "AM"}],
        "taalbeheersing": [
            {"codeTaal": "nld", "codeNiveauTaalbeheersingMondeling": 3, "codeNiveauTaalbeheersingSchriftelijk": 2},
            {"codeTaal": "eng", "codeNiveauTaalbeheersingMondeling": 1},
        ],
        "werkervaring": [
            {
                "beroep": {"codeBeroepsnaam": KLOKKEN},
                "datumAanvangWerkzaamheden": "2019-01-01",
                "naamOrganisatie": "Bakker de Groot",
                "toelichtingWerkervaring": "Met veel plezier.",
            }
        ],
        "opleiding": [{"codeNiveauOpleiding": 2, "indicatieDiploma": 1, "naamOpleidingsinstituut": "De Brug"}],
        "cursus": [{"naamCursus": "VCA", "indicatieCertificaat": 1}],
        "interesse": [{"naamInteresse": "dieren"}],
        "competentiebeheersing": [{"codeCompetentie": "0000000007"}],
    },
}
"""A profile in which everything is filled in."""


def make_world() -> Organisatie:
    """The organisations, and who of them was let in."""
    found = factories.make_organisatie(soort="gemeente", naam="Gemeente Hilversum", gemeente_id="GM0402", oin=BRON)
    factories.make_organisatie(soort="gemeente", naam="Gemeente Amersfoort", gemeente_id="GM0307", oin=GEMEENTE)
    factories.make_organisatie(soort="werkgever", naam="Bureau Werk", oin=BUREAU)
    factories.make_organisatie(soort="werkgever", naam="Niemand", oin=STRANGER)
    now = timezone.now()
    vumpartijen.admit(actor=SYSTEEM, oin=GEMEENTE, suwi=True, now=now)
    vumpartijen.admit(actor=SYSTEEM, oin=BUREAU, suwi=False, now=now)
    return found


def inhabitant(nummer: int, gemeente: str = "GM0402") -> Persoon:
    """Somebody in the register who lives there."""
    persoon = factories.make_persoon(nummer)
    factories.make_woonplaats(persoon, gemeente=gemeente)
    factories.make_registratie(persoon)
    return persoon


def item(nummer: int, **fields: Any) -> dict[str, Any]:
    """A profile as a supplier delivers it, with consent."""
    person = {"idWerkzoekende": f"k-{nummer}", "bsn": factories.bsn(nummer).reveal(), "toestemming": True}
    return person | {"mobiliteit": {"bemiddelingspostcode": "1211AB"}} | fields


def deliver(*items: dict[str, Any], oin: str = BRON) -> None:
    """Take profiles in, as the command does."""
    with tempfile.TemporaryDirectory() as place:
        pad = Path(place) / "levering.json"
        pad.write_text(json.dumps(items))
        call_command("import_profielen", str(pad), "--formaat", "vum", "--organisatie", oin, verbosity=0)


def headers(**other: str | None) -> dict[str, str]:
    """The headers of the standard; None leaves one out."""
    found: dict[str, str | None] = {
        "API-Version": "3.0.0",
        "X-VUM-berichtVersie": "3.0.0",
        "X-VUM-fromParty": GEMEENTE,
        "X-VUM-toParty": BRON,
        "X-VUM-viaParty": BRON,
        "X-VUM-SUWIparty": "true",
    }
    found |= {name.replace("_", "-"): value for name, value in other.items()}
    return {name: value for name, value in found.items() if value is not None}


BY_BUREAU = {"X_VUM_fromParty": BUREAU, "X_VUM_SUWIparty": "false"}


def ask(
    address: str = f"{PROFIELEN}/matches", body: Any = None, *, raw: bytes | None = None, **other: Any
) -> HttpResponse:
    """A question in JSON."""
    content = json.dumps(body).encode() if raw is None else raw
    return Client().post(address, content, content_type="application/json", headers=headers(**other))


def search(vraag: dict[str, Any] | None = None, address: str = f"{PROFIELEN}/matches", **other: Any) -> dict[str, Any]:
    """The answer to a question that is answered."""
    response = ask(address, {"vraagObject": {"selectiegebied": HILVERSUM} | (vraag or {})}, **other)
    assert response.status_code == 200, response.content
    found: dict[str, Any] = json.loads(response.content)
    return found


def ids(vraag: dict[str, Any] | None = None, **other: Any) -> set[str]:
    """The numbers of who is found."""
    return {match["idWerkzoekende"] for match in search(vraag, **other)["matches"]}


def detail(nummer: str, address: str = PROFIELEN, **other: Any) -> HttpResponse:
    """The detail of one of them."""
    return Client().get(f"{address}/{nummer}", headers=headers(**other))
