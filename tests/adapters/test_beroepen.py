"""Lists of occupations add words and URIs to our own list; a bad file is told line by line and changes nothing."""

import io
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.access.models import Logregel
from banenafspraak.adapters.beroepen import ESCO_URI, read
from banenafspraak.bemiddeling import beroepen
from banenafspraak.bemiddeling.matchindex import Matchindex
from banenafspraak.bemiddeling.matching import Vacaturevraag
from banenafspraak.bemiddeling.models import Beroep
from tests.bemiddeling.kaartmensen import CLEANER, TODAY, make_people

pytestmark = pytest.mark.django_db

ESCO = """conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,status
Occupation,http://data.europa.eu/esco/occupation/a1,9214,hovenierspraktijkwerker,"groenprikker
plantsoenhulpje",released
Occupation,http://data.europa.eu/esco/occupation/a2,2211,huisarts,,released
Occupation,http://data.europa.eu/esco/occupation/a3,9112,interieurverzorger,,released
"""
URI = "https://linkeddata.competentnl.nl/uwv/id/occupation/57D1"
SKOS = "http://www.w3.org/2004/02/skos/core#"
COMPETENTNL = f"""<{URI}> <{SKOS}prefLabel> "Hovenier"@nl .
# a remark
<{URI}> <{SKOS}prefLabel> "Gardener"@en .
<{URI}> <{SKOS}altLabel> "Tuinvak\\u00e9ling"@nl .
<{URI}> <{SKOS}exactMatch> <http://data.europa.eu/esco/isco/C6113> .
_:b0 <{SKOS}prefLabel> "nobody"@nl .
"""


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    beroepen.forget()
    yield
    beroepen.forget()


def load(tmp_path, text: str, formaat: str, *options: str, name: str = "lijst.csv") -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    out = io.StringIO()
    call_command("import_beroepen", str(path), "--formaat", formaat, *options, stdout=out, stderr=out)
    beroepen.forget()
    return out.getvalue()


def test_esco_gives_words_to_our_own_kinds_of_work(tmp_path) -> None:
    assert beroepen.of_text("Groenprikker") is None

    assert "3 beroepen ingelezen" in load(tmp_path, ESCO, "esco")

    found = beroepen.of_text("Groenprikker")
    assert found is not None
    assert found.isco08 == "9214"
    assert beroepen.table().werksoort_of("http://data.europa.eu/esco/occupation/a3") == "schoonmaker_kantoor"


def test_an_occupation_far_from_our_list_stands_for_nothing(tmp_path) -> None:
    load(tmp_path, ESCO, "esco")

    assert Beroep.objects.get(label="huisarts").werksoort == ""
    assert beroepen.of_text("huisarts") is None


def test_competentnl_makes_the_uri_in_a_profile_mean_something(tmp_path) -> None:
    [profiel] = make_people([{**CLEANER, "werksoorten": [], "bemiddelingsberoepen": [URI]}])
    index, vraag = Matchindex(), Vacaturevraag(peildatum=TODAY, werksoorten=("tuinman",))
    index.refresh(TODAY)
    unknown = index.points_for(vraag, [profiel.pk])[profiel.pk]

    load(tmp_path, COMPETENTNL, "competentnl", name="competentnl.nt")
    index.refresh(TODAY)

    assert index.points_for(vraag, [profiel.pk])[profiel.pk] > unknown
    assert beroepen.of_text("tuinvakeling") is not None


def test_groups_of_the_brc_make_work_near(tmp_path) -> None:
    load(tmp_path, "brc,isco08_hoofd,label\n1121,9112,Schoonmakers\n1121,9412,Keukenhulpen\n", "brc")

    assert beroepen.table().groepen == {"9112": "1121", "9412": "1121"}


def test_a_short_table_of_esco_is_read_as_well() -> None:
    found = read("uri_id,esco_code,isco08,label,alt_labels\nx1,9112.1,9112,schoonmaker,poetser|boener\n", "esco")

    [one] = found.regels
    assert (one.uri, one.synoniemen, one.isco08) == (f"{ESCO_URI}x1", ("poetser", "boener"), "9112")


def test_the_same_list_twice_changes_nothing(tmp_path) -> None:
    load(tmp_path, ESCO, "esco")

    assert "al ingelezen" in load(tmp_path, ESCO, "esco")
    assert Logregel.objects.filter(handeling="beroepenlijst ingelezen").count() == 1


def test_a_newer_list_replaces_only_its_own_kind(tmp_path) -> None:
    load(tmp_path, ESCO, "esco")
    load(tmp_path, COMPETENTNL, "competentnl", name="lijst.nt")

    load(tmp_path, ESCO.replace("interieurverzorger", "glazenwasser"), "esco")

    assert sorted(Beroep.objects.values_list("label", flat=True)) == [
        "Hovenier",
        "glazenwasser",
        "hovenierspraktijkwerker",
        "huisarts",
    ]


def test_a_trial_changes_nothing(tmp_path) -> None:
    assert "Dit is een proef" in load(tmp_path, ESCO, "esco", "--proef")
    assert not Beroep.objects.exists()


@pytest.mark.parametrize(
    ("text", "formaat", "said"),
    [
        ("naam,isco08\nx,9112\n", "esco", "De kolom conceptUri, preferredLabel ontbreekt"),
        ("uri,label,isco08\nu1,x,91\n", "competentnl", "vier cijfers"),
        ("uri,label\nu1,x\nu1,y\n", "competentnl", "twee keer"),
        ("uri,label\n,x\n", "competentnl", "Vul de URI"),
        ("uri,label\nu,x,1,2\n", "competentnl", "te veel kolommen"),
        ("uri,label\n", "competentnl", "Er staan geen beroepen"),
        ("brc,naam\n1,2\n", "brc", "De kolommen brc en isco08 zijn nodig"),
        ("brc,isco08\n1121,91\n", "brc", "vier cijfers"),
    ],
)
def test_a_wrong_line_is_told_and_nothing_is_taken_in(tmp_path, text, formaat, said) -> None:
    path, err = tmp_path / "lijst.csv", io.StringIO()
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError) as raised:
        call_command("import_beroepen", str(path), "--formaat", formaat, stderr=err)

    assert raised.value.returncode == 1
    assert said in err.getvalue()
    assert not Beroep.objects.exists()


def test_turtle_is_told_apart_from_triples(tmp_path) -> None:
    found = read("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n", "competentnl", triples=True)

    assert "Zet Turtle eerst om" in found.fouten[0].tekst


def test_a_file_that_is_no_text_is_refused(tmp_path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(CommandError) as raised:
        call_command("import_beroepen", str(path), "--formaat", "esco")

    assert raised.value.returncode == 2


@given(text=st.text(max_size=300), formaat=st.sampled_from(["esco", "competentnl", "brc"]), triples=st.booleans())
def test_whatever_stands_in_a_file_is_read_or_told(text, formaat, triples) -> None:
    found = read(text, formaat, triples=triples)

    assert found.fouten or found.regels or found.groepen
