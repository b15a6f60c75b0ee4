"""A question of a guided form: the fact it fills, its text, and what may be answered."""

from datetime import date

import pytest

from banenafspraak.wet.arbeidsvermogen import ArbeidsvermogenFeiten, beoordeel
from banenafspraak.wet.feiten import FeitOntbreekt
from banenafspraak.wet.parameters import parameter
from banenafspraak.wet.uitkomst import Trail
from banenafspraak.wet.vragen import Asker, Vraag, next_question, question_of

STAND = parameter("arbeidsvermogen", "beperkingen").stand_op(date(2026, 7, 1))


def test_a_question_knows_its_choices() -> None:
    assert question_of(ArbeidsvermogenFeiten, "aanvrager", artikel="3.5 Besluit SUWI") == Vraag(
        "aanvrager",
        "Wie vraagt de beoordeling aan: het college of de persoon zelf?",
        "3.5 Besluit SUWI",
        "keuze",
        ("college", "persoon"),
    )


@pytest.mark.parametrize(
    ("naam", "soort"),
    [("keuze_aan_uwv", "ja_nee"), ("verzocht_op", "datum"), ("maanden_studerend_bij_beperking", "getal")],
)
def test_any_other_question_says_what_kind_of_answer_it_wants(naam: str, soort: str) -> None:
    vraag = question_of(ArbeidsvermogenFeiten, naam)
    assert (vraag.soort, vraag.keuzes, vraag.artikel) == (soort, (), "")


def test_there_is_no_question_for_a_fact_that_is_not_there() -> None:
    with pytest.raises(KeyError, match=r"^'zomaar'$"):
        question_of(ArbeidsvermogenFeiten, "zomaar")


def test_the_next_question_has_the_article_of_the_rule() -> None:
    asked = next_question(beoordeel, ArbeidsvermogenFeiten(), peildatum=date(2026, 7, 1))
    assert asked is not None
    assert (asked.naam, asked.artikel) == ("aanvrager", "3.5 lid 1 Besluit SUWI")


def test_what_is_asked_twice_is_written_down_once() -> None:
    trail = Trail()
    asker = Asker(ArbeidsvermogenFeiten(keuze_aan_uwv=False, verzocht_op=date(2026, 6, 1)), trail)
    assert [asker.ask("keuze_aan_uwv", "3.5", STAND) for _ in range(2)] == [False, False]
    assert asker.ask("verzocht_op", "3.5 lid 9", STAND) == date(2026, 6, 1)
    stappen = trail.finish(None).stappen
    assert [(stap.uitkomst, stap.artikel, stap.feiten) for stap in stappen] == [
        ("Nee.", "3.5", {"keuze_aan_uwv": False}),
        ("1-6-2026.", "3.5 lid 9", {"verzocht_op": date(2026, 6, 1)}),
    ]


def test_what_was_not_answered_is_asked_for_with_its_article() -> None:
    with pytest.raises(FeitOntbreekt) as missing:
        Asker(ArbeidsvermogenFeiten(), Trail()).ask("verzocht_op", "3.5 lid 9", STAND)
    assert (missing.value.naam, missing.value.artikel) == ("verzocht_op", "3.5 lid 9")
    assert missing.value.fouten == ("verzocht_op ontbreekt: Op welke dag is de beoordeling gevraagd?",)
