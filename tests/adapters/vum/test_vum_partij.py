"""The command with which a party is let in, changed and sent away."""

import pytest
from django.core.management import CommandError, call_command

from banenafspraak.access.models import Logregel, Organisatie
from banenafspraak.bemiddeling import vumpartijen
from tests.adapters.vum.wereld import GEMEENTE, STRANGER

pytestmark = pytest.mark.django_db


def test_a_party_is_let_in_once_and_sent_away_once(bron: Organisatie, capsys: pytest.CaptureFixture[str]) -> None:
    for options in ([], [], ["--weg"], ["--weg"]):
        call_command("vum_partij", STRANGER, *options)

    assert capsys.readouterr().out.splitlines() == [
        "Toegelaten.",
        "Dit was al zo. Er is niets veranderd.",
        "Deze partij krijgt geen antwoord meer.",
        "Deze partij was al niet toegelaten.",
    ]
    assert vumpartijen.find(STRANGER) is None
    assert list(Logregel.objects.filter(handeling__startswith="VUM-partij").values_list("handeling", flat=True))[
        -2:
    ] == [
        "VUM-partij toegelaten",
        "VUM-partij geweigerd",
    ]


def test_what_a_party_may_is_changed(bron: Organisatie) -> None:
    call_command("vum_partij", GEMEENTE, "--verwerker", STRANGER, "--per-minuut", "5")
    found = vumpartijen.find(GEMEENTE)

    assert found is not None
    assert (found.suwi, found.verwerker_oin, found.vragen_per_minuut) == (False, STRANGER, 5)


@pytest.mark.parametrize(
    ("oin", "options"),
    [("1" * 20, []), ("onzin", []), (GEMEENTE, ["--verwerker", "12"]), (GEMEENTE, ["--per-minuut", "0"])],
)
def test_what_cannot_be_used_is_told_and_changes_nothing(bron: Organisatie, oin: str, options: list[str]) -> None:
    before = vumpartijen.find(GEMEENTE)
    with pytest.raises(CommandError) as error:
        call_command("vum_partij", oin, *options)

    assert error.value.returncode == 2
    assert vumpartijen.find(GEMEENTE) == before
