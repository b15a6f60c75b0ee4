import json
import stat
import subprocess
import sys

import pytest

from banenafspraak.access import bsn as bsns
from banenafspraak.access import sleutelbestand
from banenafspraak.access.bsn import SleutelbestandError
from tests.factories import bsn


def keys(settings) -> dict:
    return json.loads(settings.SLEUTELBESTAND.read_text(encoding="utf-8"))["sleutels"]


def test_a_next_version_comes_beside_the_others(settings) -> None:
    bsns.check_sleutels()
    before = keys(settings)
    sleutelbestand.add_versies(["kek", "register"])
    assert sleutelbestand.versies() == {"audit": (1,), "kek": (2, 1), "register": (2, 1)}
    assert keys(settings)["kek"]["1"] == before["kek"]["1"]
    assert keys(settings)["meting"] == before["meting"]
    assert len({key for sleutels in keys(settings).values() for key in sleutels.values()}) == 6


def test_the_new_file_is_for_its_owner_only_and_leaves_nothing_beside_it(settings) -> None:
    sleutelbestand.add_versies(["audit"])
    assert stat.S_IMODE(settings.SLEUTELBESTAND.stat().st_mode) == 0o600
    assert [path.name for path in settings.SLEUTELBESTAND.parent.iterdir()] == ["sleutels.json"]


def test_a_version_that_goes_is_gone(settings) -> None:
    old = bsns.seal(bsn(1), context="x")
    sleutelbestand.add_versies(["kek"])
    with sleutelbestand.without({"kek": (1,)}):
        pass
    assert sleutelbestand.versies()["kek"] == (2,)
    with pytest.raises(bsns.SealError, match="key file"):
        bsns.unseal(old, context="x")


def test_a_version_comes_back_when_it_was_needed_after_all(settings) -> None:
    sleutelbestand.add_versies(["kek"])
    before = keys(settings)
    with pytest.raises(KeyError), sleutelbestand.without({"kek": (1,)}):
        raise KeyError
    assert keys(settings) == before


def test_the_newest_version_never_goes(settings) -> None:
    bsns.check_sleutels()
    with pytest.raises(ValueError, match="newest"), sleutelbestand.without({"kek": (1,)}):
        pass
    assert sleutelbestand.versies()["kek"] == (1,)


def test_in_productie_the_file_is_not_touched(settings) -> None:
    bsns.check_sleutels()
    before = settings.SLEUTELBESTAND.read_bytes()
    settings.OMGEVING = "productie"
    with pytest.raises(SleutelbestandError, match="sleutelbeheerder"):
        sleutelbestand.add_versies(["kek"])
    assert settings.SLEUTELBESTAND.read_bytes() == before


def test_the_keeper_gets_the_next_file_to_bring(settings, tmp_path) -> None:
    bsns.check_sleutels()
    before = settings.SLEUTELBESTAND.read_bytes()
    settings.OMGEVING = "productie"
    sleutelbestand.write_next(tmp_path / "volgende.json", ["register"])
    assert settings.SLEUTELBESTAND.read_bytes() == before
    assert stat.S_IMODE((tmp_path / "volgende.json").stat().st_mode) == 0o600
    (tmp_path / "volgende.json").replace(settings.SLEUTELBESTAND)
    assert sleutelbestand.versies()["register"] == (2, 1)


def test_the_keeper_overwrites_nothing(settings, tmp_path) -> None:
    (tmp_path / "er-al").write_text("belangrijk", encoding="utf-8")
    with pytest.raises(SleutelbestandError, match="bestaat al"):
        sleutelbestand.write_next(tmp_path / "er-al", ["register"])
    assert (tmp_path / "er-al").read_text(encoding="utf-8") == "belangrijk"


@pytest.mark.parametrize("nummers", [("1", "2", "3"), ("1", "3")])
def test_the_register_knows_at_most_two_versions_that_follow_each_other(settings, nummers) -> None:
    bsns.check_sleutels()
    inhoud = {"sleutels": keys(settings)}
    inhoud["sleutels"]["register"] = {nummer: bsns.new_sleutel() for nummer in nummers}
    settings.SLEUTELBESTAND.write_text(json.dumps(inhoud), encoding="utf-8")
    with pytest.raises(SleutelbestandError, match="versies"):
        bsns.index(bsn(1), doel="register")


def test_whoever_reads_while_the_file_is_replaced_sees_a_whole_file(settings) -> None:
    bsns.check_sleutels()
    reader = (
        "import json, sys\n"
        "print('klaar', flush=True)\n"
        "for _ in range(3000): json.load(open(sys.argv[1], encoding='utf-8'))['sleutels']['kek']['1']\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", reader, str(settings.SLEUTELBESTAND)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "klaar\n"
    while process.poll() is None:
        sleutelbestand.add_versies(["kek"])
        with sleutelbestand.without({"kek": sleutelbestand.versies()["kek"][1:-1]}):
            pass
    assert process.returncode == 0
    process.stdout.close()
