"""The whole answer of every case, with every step, source and date, is the one that was last looked at.

The tables hold what a case is about; this holds the words around it. After a change that was meant, look at
`git diff` of the rule and write the digests anew: `.venv/bin/python -m tests.spec.test_hele_antwoord`.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from banenafspraak.wet import feiten
from banenafspraak.wet.regels import RULES
from tests.spec.regel import Regel, all_regels

DIGESTS = Path(__file__).with_name("antwoorden.json")
ASKED = [regel for regel in all_regels() if regel.vraag]


def digests(regel: Regel) -> dict[str, str]:
    """Per case twelve characters that change with any character of its answer."""
    rule = RULES[regel.vraag]
    found = {}
    for geval in regel.gevallen:
        facts = feiten.read(rule.facts, json.dumps(geval.feiten))
        answer: dict[str, Any] = rule.answer(facts, peildatum=geval.peildatum).to_json()
        found[geval.titel] = sha256(json.dumps(answer, ensure_ascii=False).encode()).hexdigest()[:12]
    return found


@pytest.mark.parametrize("regel", ASKED, ids=lambda regel: regel.slug)
def test_het_hele_antwoord_is_het_bekeken_antwoord(regel: Regel) -> None:
    assert digests(regel) == json.loads(DIGESTS.read_text(encoding="utf-8"))[regel.slug]


if __name__ == "__main__":
    looked_at = {regel.slug: digests(regel) for regel in ASKED}
    DIGESTS.write_text(json.dumps(looked_at, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
