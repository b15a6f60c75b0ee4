"""Who reads which vacature. What everybody may read stands in two views that have no other columns than those.

The views belong to the role of the functions, so that they show rows which their readers have no right to in the table.
"""

from django.db import migrations

from banenafspraak.access.rechten import FUNCTIES, SIGNED_IN, WEB, ZOEKINDEX, Toegang, protect

_S = ["SELECT"]
_ALL = ["SELECT", "INSERT", "UPDATE", "DELETE"]
_OWN_KVK = "(SELECT o.kvk FROM access_organisatie AS o WHERE o.id = (SELECT app_organisatie()))"
# An adviser may have placed it before this employer signed in for the first time: then its number tells whose it is.
_OWN = f"(werkgever_id = (SELECT app_organisatie()) OR (werkgever_id IS NULL AND kvk <> '' AND kvk = {_OWN_KVK}))"
_KEPT = "geplaatst_door_id = (SELECT app_organisatie())"
_HERE = "(status <> 'concept' AND soort = 'vacature' AND regio = (SELECT app_regio()))"
_CHANGEABLE = (
    "aantal_jaren_werkzaam_in_beroep", "aantal_plaatsen", "aantal_werkuren_per_week_maximaal",
    "aantal_werkuren_per_week_minimaal", "bereikbaar_met_ov", "biedt_aanpassing_werkomgeving", "biedt_begeleiding",
    "biedt_werkvariatie", "code_beroepsnaam", "code_sbi", "code_werk_en_denkniveau_minimaal", "competenties",
    "contact_verzegeld", "cursussen", "datum_aanvang_werkzaamheden", "datum_einde_werkzaamheden", "geopend_op",
    "gesloten_at", "gewijzigd_at", "handelsnaam_organisatie", "indicatie_kantoortijden",
    "indicatie_onregelmatig_werk_of_ploegendienst", "kvk", "naam_beroep", "naam_vacature", "omschrijving_arbeidsvoorwaarden",
    "omschrijving_vacature", "openbaar", "opleidingen", "plaatsnaam", "postcode", "regio", "rijbewijzen",
    "salaris_indicatie", "sluitingsdatum_vacature", "sluitreden", "sollicitatiewijzen", "soort", "status",
    "taalbeheersing", "typen_arbeidscontract", "typen_overeenkomst", "versie", "vervoermiddelen", "webadres",
    "webadres_sollicitatie", "werkdagen", "werksoort",
)  # fmt: skip
_PUBLIC = (
    "id", "naam_vacature", "omschrijving_vacature", "sluitingsdatum_vacature", "geschikt", "aantal_plaatsen",
    "handelsnaam_organisatie", "webadres", "sollicitatiewijzen", "webadres_sollicitatie", "code_sbi", "postcode",
    "plaatsnaam", "regio", "bereikbaar_met_ov", "werksoort", "code_beroepsnaam", "naam_beroep",
    "code_werk_en_denkniveau_minimaal", "aantal_jaren_werkzaam_in_beroep", "opleidingen", "cursussen", "competenties",
    "rijbewijzen", "vervoermiddelen", "taalbeheersing", "aantal_werkuren_per_week_minimaal",
    "aantal_werkuren_per_week_maximaal", "werkdagen", "indicatie_kantoortijden",
    "indicatie_onregelmatig_werk_of_ploegendienst", "typen_arbeidscontract", "typen_overeenkomst",
    "datum_aanvang_werkzaamheden", "datum_einde_werkzaamheden", "salaris_indicatie", "omschrijving_arbeidsvoorwaarden",
    "biedt_aanpassing_werkomgeving", "biedt_begeleiding", "biedt_werkvariatie", "geopend_op", "gewijzigd_at",
)  # fmt: skip
_PUBLIC_TASK = (
    "id", "vacature_id", "volgorde", "omschrijving", "werksoort", "uren_per_week", "code_werk_en_denkniveau_minimaal",
    "rijbewijzen",
)  # fmt: skip
_READERS = ", ".join((WEB, ZOEKINDEX, *SIGNED_IN))
_VIEWS = ("bemiddeling_openbarevacature", "bemiddeling_openbaretaak")
_MAKE_VIEWS = (
    f"""
CREATE VIEW bemiddeling_openbarevacature WITH (security_barrier) AS
    SELECT {", ".join(_PUBLIC)} FROM bemiddeling_vacature WHERE status = 'open' AND soort = 'vacature' AND openbaar;
CREATE VIEW bemiddeling_openbaretaak WITH (security_barrier) AS
    SELECT {", ".join(f"t.{one}" for one in _PUBLIC_TASK)} FROM bemiddeling_vacaturetaak AS t
    JOIN bemiddeling_vacature AS v ON v.id = t.vacature_id
    WHERE v.status = 'open' AND v.soort = 'vacature' AND v.openbaar;
GRANT CREATE ON SCHEMA public TO {FUNCTIES};
"""  # noqa: S608
    + "".join(
        f"ALTER VIEW {view} OWNER TO {FUNCTIES};\nREVOKE ALL ON {view} FROM PUBLIC;\n"
        f"GRANT SELECT ON {view} TO CURRENT_USER, {_READERS};\n"
        for view in _VIEWS
    )
    + f"REVOKE CREATE ON SCHEMA public FROM {FUNCTIES};\n"
)
_OF_VACATURE = "vacature_id IN (SELECT v.id FROM bemiddeling_vacature AS v)"
_OF_KEPT = "vacature_id IN (SELECT v.id FROM bemiddeling_vacature AS v WHERE v.geplaatst_door_id = (SELECT app_organisatie()))"


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0040_vacature"), ("access", "0022_werkgever_rechten")]

    operations = [
        migrations.RunSQL(
            *protect(
                "bemiddeling_vacature",
                Toegang(["ba_werkgever"], _S, _OWN),
                Toegang(
                    ["ba_werkgever"],
                    ["INSERT"],
                    f"werkgever_id = (SELECT app_organisatie()) AND {_KEPT} AND kvk = COALESCE({_OWN_KVK}, '')"
                    " AND gemaakt_door_id = (SELECT app_gebruiker()) AND geschikt IS NULL AND bron <> 'bemiddelaar'",
                ),
                Toegang(["ba_werkgever"], ["UPDATE"], f"{_OWN} AND kvk = COALESCE({_OWN_KVK}, '')", _CHANGEABLE),
                Toegang(["ba_werkgever"], ["DELETE"], f"{_OWN} AND {_KEPT} AND geopend_op IS NULL"),
                Toegang(["ba_bemiddelaar"], _S, f"{_KEPT} OR {_HERE} OR (status = 'open' AND openbaar)"),
                Toegang(
                    ["ba_bemiddelaar"],
                    ["INSERT"],
                    f"{_KEPT} AND gemaakt_door_id = (SELECT app_gebruiker()) AND bron <> 'werkgever'",
                ),
                Toegang(["ba_bemiddelaar"], ["UPDATE"], f"{_KEPT} OR {_HERE}"),
                Toegang(["ba_bemiddelaar"], ["DELETE"], f"{_KEPT} AND geopend_op IS NULL"),
                Toegang([FUNCTIES], _S),
            )
        ),
        migrations.RunSQL(
            *protect(
                "bemiddeling_vacaturetaak",
                Toegang(["ba_werkgever"], _ALL, _OF_VACATURE),
                Toegang(["ba_bemiddelaar"], _S, _OF_VACATURE),
                Toegang(["ba_bemiddelaar"], ["INSERT", "UPDATE", "DELETE"], _OF_KEPT),
                Toegang([FUNCTIES], _S),
            )
        ),
        migrations.RunSQL(_MAKE_VIEWS, "".join(f"DROP VIEW {view};\n" for view in reversed(_VIEWS))),
    ]
