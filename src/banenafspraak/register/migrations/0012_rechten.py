from django.db import migrations

from banenafspraak.access.rechten import FUNCTIES, Toegang, allow, definer, protect

_OWN = "persoon_id IN (SELECT register_eigen_persoon())"
_COLLEGE = "gemeente_id = (SELECT app_gemeente())"
_BESLIST = "status <> 'beslist'"
# What belongs to an aanvraag, an advice or a request shows to whoever may see that: its own policies say who.
_WITH_AANVRAAG = "aanvraag_id IN (SELECT id FROM register_aanvraag)"
_WITH_ADVIES = "advies_id IN (SELECT id FROM register_beschutwerkadvies)"
_WITH_VERZOEK = "verzoek_id IN (SELECT id FROM register_uitschrijfverzoek)"
_S, _SI, _SIU = ["SELECT"], ["SELECT", "INSERT"], ["SELECT", "INSERT", "UPDATE"]

# A college asks about an inhabitant whom the register may not show it: it gets the id and nothing more.
_VIND_OF_MAAK = """
CREATE FUNCTION register_vind_of_maak_persoon(nieuw uuid, indexen bytea[], verzegeld bytea, geboren date)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    gevonden uuid;
BEGIN
    IF app_rol() = 'burger' AND NOT indexen <@ app_burger() THEN
        RAISE EXCEPTION 'iemand vraagt alleen voor zichzelf' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT id INTO gevonden FROM register_persoon WHERE bsn_index = ANY (indexen);
    IF gevonden IS NULL THEN
        INSERT INTO register_persoon (id, bsn_index, bsn_verzegeld, geboortedatum)
        VALUES (nieuw, indexen[1], verzegeld, geboren) ON CONFLICT (bsn_index) DO NOTHING;
        SELECT id INTO gevonden FROM register_persoon WHERE bsn_index = ANY (indexen);
    END IF;
    RETURN gevonden;
END
$$;
"""
_VAN_COLLEGE = """
CREATE FUNCTION register_personen_van_college() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public
BEGIN ATOMIC
    SELECT persoon_id FROM register_aanvraag WHERE gemeente_id = (SELECT app_gemeente())
    UNION SELECT persoon_id FROM register_beschutwerkadvies WHERE gemeente_id = (SELECT app_gemeente())
    UNION SELECT persoon_id FROM register_loonwaarde WHERE gemeente_id = (SELECT app_gemeente())
    UNION SELECT persoon_id FROM register_gemeentebericht WHERE gemeente_id = (SELECT app_gemeente());
END;
"""
_BESCHUT = """
CREATE FUNCTION register_beschut_van_college() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public
BEGIN ATOMIC
    SELECT persoon_id FROM register_beschutwerkadvies WHERE gemeente_id = (SELECT app_gemeente()) AND vastgesteld;
END;
"""
_PERSON_OF_COLLEGE = "IN (SELECT register_personen_van_college())"
# A college puts somebody in the register through the Praktijkroute, and ends what runs when it decides on beschut werk.
_COLLEGE_REGISTERS = (
    f"(grond = 'pwet_lks_uwv_loonwaarde' AND route = 'praktijkroute' AND persoon_id {_PERSON_OF_COLLEGE})"
    " OR (einde_reden = 'beschikking_beschut_werk' AND persoon_id IN (SELECT register_beschut_van_college()))"
)

_CLOSE_COLLEGE = """
DO $$
DECLARE p record;
BEGIN
    FOR p IN SELECT policyname, tablename FROM pg_policies
        WHERE schemaname = 'public' AND concat(qual, with_check) LIKE '%van\\_college%' LOOP
        EXECUTE format('DROP POLICY %I ON %I', p.policyname, p.tablename);
    END LOOP;
END $$;
"""

_TABLES = (
    protect(
        "register_aanvraag",
        Toegang(["ba_beoordelaar"], ["SELECT", "UPDATE"], "ontvangen_op IS NOT NULL"),
        Toegang(["ba_burger"], _S, f"{_OWN} AND (aanvrager = 'persoon' OR ontvangen_op IS NOT NULL)"),
        Toegang(["ba_burger"], ["INSERT", "UPDATE"], f"{_OWN} AND aanvrager = 'persoon' AND {_BESLIST}"),
        Toegang(["ba_bemiddelaar"], _S, _COLLEGE),
        Toegang(["ba_bemiddelaar"], ["INSERT", "UPDATE"], f"{_COLLEGE} AND {_BESLIST}"),
        Toegang([FUNCTIES], _S),
    ),
    protect(
        "register_aanvraagstap",
        Toegang(["ba_beoordelaar", "ba_burger", "ba_bemiddelaar"], _SI, _WITH_AANVRAAG),
    ),
    protect("register_aanvraagantwoord", Toegang(["ba_beoordelaar"], _SI, _WITH_AANVRAAG)),
    protect(
        "register_aanvraagdocument",
        Toegang(["ba_beoordelaar"], _SI, _WITH_AANVRAAG),
        Toegang(["ba_burger"], _S, _WITH_AANVRAAG),
        Toegang(["ba_burger"], ["INSERT", "DELETE"], f"inbrenger = 'persoon' AND {_WITH_AANVRAAG}"),
        Toegang(
            ["ba_bemiddelaar"], ["SELECT", "INSERT", "DELETE"], f"inbrenger = 'college' AND {_WITH_AANVRAAG}"
        ),
    ),
    protect(
        "register_besluit",
        Toegang(["ba_beoordelaar"], _SIU, _WITH_AANVRAAG),
        Toegang(["ba_burger", "ba_bemiddelaar"], _S, _WITH_AANVRAAG),
        Toegang([FUNCTIES], _S),
    ),
    protect(
        "register_beschutwerkadvies",
        Toegang(["ba_beoordelaar"], _SI),
        Toegang(["ba_burger"], _S, _OWN),
        Toegang(["ba_bemiddelaar"], ["SELECT", "UPDATE"], _COLLEGE),
        Toegang([FUNCTIES], _S),
    ),
    protect(
        "register_beschutplaatsing",
        Toegang(["ba_beoordelaar", "ba_burger"], _S, _WITH_ADVIES),
        Toegang(["ba_bemiddelaar"], _SIU, _WITH_ADVIES),
    ),
    protect(
        "register_loonwaarde",
        Toegang(["ba_beoordelaar"], _S),
        Toegang(["ba_burger"], _S, _OWN),
        Toegang(["ba_bemiddelaar"], _SIU, _COLLEGE),
        Toegang([FUNCTIES], _S),
    ),
    protect(
        "register_uitschrijfverzoek",
        Toegang(["ba_beoordelaar"], ["SELECT", "UPDATE"]),
        Toegang(["ba_burger"], _S, _OWN),
        Toegang(["ba_burger"], ["INSERT", "UPDATE"], f"{_OWN} AND status <> 'toegewezen'"),
    ),
    protect("register_uitschrijfstap", Toegang(["ba_beoordelaar", "ba_burger"], _SI, _WITH_VERZOEK)),
    protect(
        "register_gemeentebericht",
        Toegang(["ba_beoordelaar"], ["INSERT"]),
        Toegang(["ba_bemiddelaar"], ["SELECT", "UPDATE"], _COLLEGE),
        Toegang([FUNCTIES], _S),
    ),
    protect("register_reintegratielevering"),
)


class Migration(migrations.Migration):
    dependencies = [("register", "0011_steps_are_append_only"), ("access", "0005_rechten")]

    operations = [
        migrations.RunSQL(allow("register_persoon", Toegang([FUNCTIES], ["INSERT"])), migrations.RunSQL.noop),
        *(migrations.RunSQL(*table) for table in _TABLES),
        migrations.RunSQL(
            *definer(
                "register_vind_of_maak_persoon(uuid, bytea[], bytea, date)",
                _VIND_OF_MAAK,
                ["ba_beoordelaar", "ba_bemiddelaar", "ba_burger"],
            )
        ),
        migrations.RunSQL(*definer("register_personen_van_college()", _VAN_COLLEGE, ["ba_bemiddelaar"])),
        migrations.RunSQL(*definer("register_beschut_van_college()", _BESCHUT, ["ba_bemiddelaar"])),
        migrations.RunSQL(
            allow("register_persoon", Toegang(["ba_bemiddelaar"], _S, f"id {_PERSON_OF_COLLEGE}"))
            + allow(
                "register_registratie",
                Toegang(["ba_bemiddelaar"], _S, f"persoon_id {_PERSON_OF_COLLEGE}"),
                Toegang(["ba_bemiddelaar"], ["INSERT"], _COLLEGE_REGISTERS),
                Toegang(["ba_bemiddelaar"], ["UPDATE"], "persoon_id IN (SELECT register_beschut_van_college())"),
            )
            + allow(
                "register_woonplaats",
                Toegang(
                    ["ba_bemiddelaar"],
                    ["INSERT"],
                    f"gemeente_code = (SELECT app_gemeente()) AND persoon_id {_PERSON_OF_COLLEGE}",
                ),
            ),
            _CLOSE_COLLEGE,
        ),
    ]
