"""What an employer is told about somebody."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_NU = "38d lid 7 Wfsv (tekst vanaf 1-1-2026)"
_TOEN = "38d lid 7 Wfsv (tekst tot 2026)"


def _vraag(titel: str, dag: str, peildatum: date, toegestaan: bool, bron: str = _NU, soort: str = "werknemer",
           **verwacht: Any) -> Geval:  # fmt: skip
    facts = {"soort": soort, "gevraagde_dag": dag}
    return Geval(titel, facts, peildatum, {"dag_toegestaan": toegestaan, **verwacht}, bron)


REGEL = Regel(
    slug="raadpleging-1-mededeling",
    titel="Wat een werkgever over iemand te horen krijgt",
    uitleg=(
        "Een werkgever mag vragen of iemand als arbeidsbeperkte geregistreerd is: iemand die bij hem werkt, iemand die "
        "hij in dienst wil nemen, en iemand die hij inleent. Hij hoort ja of nee, en nooit waarom.",
        "Sinds 1 januari 2026 hoort hij ook in welke periode van dit en het vorige kalenderjaar dat zo is of was. "
        "Daarvoor ging het antwoord alleen over de dag van de vraag.",
    ),
    artikelen=("38d lid 7 Wfsv",),
    antwoord=wet("raadpleging"),
    vraag="raadpleging",
    parameters=(("raadpleging", "mededeling"), ("raadpleging", "kalenderjaren_terug")),
    let_op=(
        "Een vraag in 2026 over 2025 wordt gelezen als een vraag over het vorige kalenderjaar: de wet noemt geen "
        "overgangsrecht.",
    ),
    gevallen=(
        _vraag("Vandaag, over een werknemer", "2026-11-24", date(2026, 11, 24), True,
               periode_vanaf="2025-01-01", periode_tot="2027-01-01"),
        _vraag("Vandaag, over iemand die komt werken", "2026-11-24", date(2026, 11, 24), True, soort="verwacht"),
        _vraag("Vandaag, over iemand die wordt ingeleend", "2026-11-24", date(2026, 11, 24), True, soort="ingeleend"),
        _vraag("De eerste dag van het vorige kalenderjaar", "2025-01-01", date(2026, 11, 24), True),
        _vraag("Een dag eerder: te lang geleden", "2024-12-31", date(2026, 11, 24), False),
        _vraag("Morgen: dat weet het register nog niet", "2026-11-25", date(2026, 11, 24), False),
        _vraag("Op nieuwjaarsdag schuift het venster op", "2025-12-31", date(2027, 1, 1), False,
               periode_vanaf="2026-01-01", periode_tot="2028-01-01"),
        _vraag("Voor 2026: alleen de dag van de vraag", "2025-12-31", date(2025, 12, 31), True, _TOEN,
               periode_vanaf=None, periode_tot=None),
        _vraag("Voor 2026: gisteren niet", "2025-12-30", date(2025, 12, 31), False, _TOEN),
    ),
)  # fmt: skip


@REGEL.cases()
def test_mededeling(geval: Geval) -> None:
    REGEL.check(geval)
