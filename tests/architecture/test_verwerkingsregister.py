"""Every field of every table is accounted for in the register of processing (AVG, article 30)."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
REGISTER = tomllib.loads((ROOT / "docs" / "verwerkingsregister.toml").read_text(encoding="utf-8"))
ZEKERHEID = {"wet", "uit geheugen", "voorstel"}


def our_fields() -> set[str]:
    """Every column of every table of this project, as `room.Table.field`."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("banenafspraak.")
        for field in model._meta.local_fields
    }


def personal_fields() -> list[str]:
    return [field for verwerking in REGISTER["verwerking"] for field in verwerking["velden"]]


def technical_fields() -> list[str]:
    return [f"{table}.{field}" for table, fields in REGISTER["technisch"].items() for field in fields]


def test_every_field_is_personal_or_technical_and_none_is_forgotten() -> None:
    assert our_fields() - set(personal_fields()) - set(technical_fields()) == set()


def test_the_register_names_no_field_that_is_gone() -> None:
    assert (set(personal_fields()) | set(technical_fields())) - our_fields() == set()


def test_no_field_stands_in_the_register_twice() -> None:
    named = personal_fields() + technical_fields()
    assert sorted(named) == sorted(set(named))


@pytest.mark.parametrize("verwerking", REGISTER["verwerking"], ids=lambda v: v["naam"])
def test_every_processing_says_what_for_on_which_article_and_how_long(verwerking: dict) -> None:
    assert {"naam", "doel", "betrokkenen", "grondslag", "bewaartermijn", "ontvangers", "velden"} <= set(verwerking)
    assert all(str(verwerking[key]).strip() for key in ("doel", "betrokkenen", "bewaartermijn", "ontvangers"))
    assert re.search(r"\bart\. \d+", verwerking["grondslag"])
    assert {verwerking["grondslag_zekerheid"], verwerking["bewaartermijn_zekerheid"]} <= ZEKERHEID
    assert all(uitleg.strip() for uitleg in verwerking["velden"].values())


def test_what_identifies_or_describes_a_person_is_never_called_technical() -> None:
    """A second look at the names, so that a field cannot be waved through by listing it under technisch."""
    telling = re.compile(r"bsn|naam$|email|geboorte|overleden|adres|telefoon|postcode|persoon|lhnr|kvk|sub$")
    public = {"access.Arbeidsmarktregio.naam", "access.Gemeente.naam"}
    files = {field for field in technical_fields() if field.endswith(".bestandsnaam")}
    assert [field for field in set(technical_fields()) - public - files if telling.search(field.split(".")[-1])] == []
