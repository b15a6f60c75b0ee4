"""The tables of the life cycles, and the document that is made from them."""

from pathlib import Path

import pytest

from banenafspraak.bemiddeling import contact, vacatures
from banenafspraak.register import aanvragen, uitschrijving
from banenafspraak.register.overgangen import NietMogelijk, as_markdown

DOC = Path(__file__).resolve().parents[2] / "docs" / "levenslopen.md"
HEAD = """# Levenslopen

Wat met een aanvraag, met een verzoek om uitschrijving, met een vraag om contact en met een vacature gebeurt, in welke
volgorde en door wie. Dit document is gemaakt uit de tabellen in `register/aanvragen.py`, `register/uitschrijving.py`,
`bemiddeling/contact.py` en `bemiddeling/vacatures.py`; `tests/register/test_overgangen.py` houdt het gelijk en zegt hoe
het opnieuw wordt gemaakt.
"""


def written() -> str:
    return "\n".join(
        [
            HEAD,
            "## Aanvraag beoordeling arbeidsvermogen",
            "",
            as_markdown(aanvragen.LEVENSLOOP),
            "## Uitschrijving op eigen verzoek",
            "",
            as_markdown(uitschrijving.LEVENSLOOP),
            "## Een persoon bij een vraag om contact",
            "",
            as_markdown(contact.LEVENSLOOP),
            "## Een vacature",
            "",
            as_markdown(vacatures.LEVENSLOOP),
        ]
    )


def test_the_document_says_what_the_tables_say() -> None:
    """Made anew by: python -c "import tests.register.test_overgangen as t; t.DOC.write_text(t.written())" """
    assert DOC.read_text(encoding="utf-8") == written()


@pytest.mark.parametrize("levensloop", [aanvragen.LEVENSLOOP, uitschrijving.LEVENSLOOP])
def test_from_an_end_nothing_is_possible_but_an_objection(levensloop) -> None:
    reached = {o.naar for o in levensloop.overgangen.values() if o.naar is not None}
    ends = reached - {v for o in levensloop.overgangen.values() for v in o.van}
    assert "ingetrokken" in ends
    for end in ends:
        for handeling in levensloop.overgangen:
            with pytest.raises(NietMogelijk, match=end):
                levensloop.require(handeling, end)
