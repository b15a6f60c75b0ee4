"""No sealed column and no index of a BSN can be forgotten when keys are replaced."""

from django.apps import apps
from django.db import models

from banenafspraak.access import verzegeld

# Rows of the logboek can only be added: they keep the index they were written with, and are looked up under each. What
# an employer is found by, or has asked, hangs on keys derived from those of the logboek, which are kept for ever.
KEEPS_ITS_INDEX = {
    "access_apisleutel.sleutel_hash",
    "access_loonheffingennummer.lhnr_index",
    "access_verwerking.betrokkene_index",
    "bemiddeling_plaatsing.betrokkene_index",
    "bemiddeling_voorstel.betrokkene_index",
    "register_kandidaatcode.code_index",
    "register_raadpleegverzoek.inhoud",
    "register_raadpleegverzoek.sleutel",
    "register_raadpleging.bsn_index",
    "register_werkgeversomvang.lhnr_index",
    "register_werkrelatie.bsn_index",
    "register_werkrelatie.lhnr_index",
}
PARTS_OF_AN_INDEX = {"bsn_index", "bsn_index_eerder"}
# Hashes, salts and signatures: nothing in them can be opened with a key.
NO_SECRET = {"blad", "geheim_hash", "handtekening", "salt", "vorige", "wortel"}


def binary_columns() -> list[tuple[type[models.Model], models.Field]]:
    return [
        (model, field)
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("banenafspraak.")
        for field in model._meta.local_fields
        if isinstance(field, models.BinaryField)
    ]


def test_every_binary_column_is_sealed_or_an_index_that_is_known() -> None:
    sealed = {(tabel.naam, kolom) for tabel in verzegeld.tabellen() for kolom in tabel.kolommen}
    indexed = {index.naam for index in verzegeld.indexen()} | {volger.naam for volger in verzegeld.volgers()}
    forgotten = [
        f"{model._meta.db_table}.{field.column}"
        for model, field in binary_columns()
        if (model._meta.db_table, field.column) not in sealed
        and not (model._meta.db_table in indexed and field.column in PARTS_OF_AN_INDEX)
        and f"{model._meta.db_table}.{field.column}" not in KEEPS_ITS_INDEX
        and field.column not in NO_SECRET
    ]
    assert forgotten == []


def test_the_sealed_numbers_of_people_and_of_burgers_are_found() -> None:
    found = {(tabel.naam, tabel.sleutel): tabel.kolommen for tabel in verzegeld.tabellen()}
    assert found[("register_persoon", "id")] == ("bsn_verzegeld",)
    assert found[("access_gebruiker", "id")] == ("bsn_verzegeld",)


def test_a_table_that_finds_people_has_the_columns_that_a_change_needs() -> None:
    by_table = {model._meta.db_table: model for model in apps.get_models()}
    assert [index.naam for index in verzegeld.indexen()] == ["register_persoon"]
    for index in verzegeld.indexen():
        columns = {field.column for field in by_table[index.naam]._meta.local_fields}
        assert {index.sleutel, "bsn_index", "bsn_index_eerder", "index_versie", "bsn_verzegeld"} <= columns
