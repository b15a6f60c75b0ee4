from django.db import migrations

from banenafspraak.access.rechten import FUNCTIES, Toegang, allow, definer, protect

_S, _I, _U, _SI = ["SELECT"], ["INSERT"], ["UPDATE"], ["SELECT", "INSERT"]
_OWN = "persoon_id IN (SELECT register_eigen_persoon())"
_OWN_FIRM = "werkgever_id = (SELECT app_organisatie())"
_OWN_ORGANISATION = "organisatie_id = (SELECT app_organisatie())"
_ME = "gebruiker_id = (SELECT app_gebruiker())"
_OWN_KVK = "kvk = (SELECT o.kvk FROM access_organisatie AS o WHERE o.id = (SELECT app_organisatie()))"
# Whom a bemiddelaar may see at all is said by the policies of register_woonplaats; the exact day by the query.
_HERE = "EXISTS (SELECT FROM register_woonplaats AS w WHERE w.persoon_id = bemiddeling_plaatsing.persoon_id)"
_OF_PLAATSING = "plaatsing_id IN (SELECT p.id FROM bemiddeling_plaatsing AS p)"
_BY_US = "voordracht_van_id = (SELECT app_organisatie())"

_FUNCTIONS = (
    ("bemiddeling_plaatsingen_van(bigint, uuid, text, text, timestamptz)", ["ba_werkgever"]),
    ("bemiddeling_voordrachten_van(bigint, uuid, timestamptz)", ["ba_werkgever"]),
    ("bemiddeling_log_plaatsing(timestamptz, uuid, bigint, text, text, bytea[])", [FUNCTIES]),
    ("bemiddeling_plaatsing_uren()", [FUNCTIES]),
    ("bemiddeling_plaatsing_ja()", [FUNCTIES]),
    ("bemiddeling_voordracht_van_vacature()", [FUNCTIES]),
)

# How many people a bemiddelaar thought of for a vacature is not the employer's to know: it hears who said yes.
_CLOSE_VERZOEK = """
DO $$
DECLARE p record;
BEGIN
    FOR p IN SELECT policyname FROM pg_policies WHERE tablename = 'bemiddeling_contactverzoek'
        AND roles = '{ba_werkgever}' LOOP
        EXECUTE format('DROP POLICY %I ON bemiddeling_contactverzoek', p.policyname);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0061_plaatsing_bewaking"), ("register", "0012_rechten")]

    operations = [
        migrations.RunSQL(
            *protect(
                "bemiddeling_plaatsing",
                Toegang(["ba_burger"], _S, _OWN),
                Toegang(["ba_burger"], _U, _OWN, ("gedeeld_met", "naam_verzegeld", "gewijzigd_at")),
                Toegang(["ba_bemiddelaar"], ["SELECT", "INSERT", "UPDATE"], _HERE),
                Toegang([FUNCTIES], ["SELECT", "UPDATE"]),
            )
        ),
        migrations.RunSQL(
            *protect(
                "bemiddeling_plaatsingstap",
                Toegang(
                    ["ba_burger"],
                    _S,
                    _OF_PLAATSING,
                    ("id", "plaatsing_id", "handeling", "van", "naar", "eindigt_op", "uren_per_week", "at", "rol"),
                ),
                Toegang(["ba_bemiddelaar"], _S, _OF_PLAATSING),
                Toegang(["ba_burger", "ba_bemiddelaar"], _I, f"{_OF_PLAATSING} AND {_ME}"),
            )
        ),
        migrations.RunSQL(
            *protect(
                "bemiddeling_werkgevercontact",
                Toegang(["ba_bemiddelaar"], _S, "regio_id = (SELECT app_regio())"),
                Toegang(
                    ["ba_bemiddelaar"], _I, f"regio_id = (SELECT app_regio()) AND {_OWN_ORGANISATION} AND {_ME}"
                ),
            )
        ),
        migrations.RunSQL(
            *protect(
                "bemiddeling_werkgeverrust",
                Toegang(["ba_bemiddelaar"], _S),
                Toegang(["ba_bemiddelaar"], _I, f"NOT door_werkgever AND {_OWN_ORGANISATION} AND {_ME}"),
                Toegang(
                    ["ba_bemiddelaar"],
                    _U,
                    "NOT door_werkgever OR tot_en_met < (now() AT TIME ZONE 'Europe/Amsterdam')::date",
                    ("opgeheven_at",),
                ),
                Toegang(["ba_werkgever"], _S, _OWN_KVK),
                Toegang(["ba_werkgever"], _I, f"{_OWN_KVK} AND door_werkgever AND {_OWN_ORGANISATION} AND {_ME}"),
                Toegang(["ba_werkgever"], _U, _OWN_KVK, ("opgeheven_at",)),
            )
        ),
        migrations.RunSQL(
            _CLOSE_VERZOEK
            + allow(
                "bemiddeling_contactverzoek",
                Toegang(["ba_werkgever"], _S, f"{_OWN_FIRM} AND vacature_id IS NULL"),
                Toegang(
                    ["ba_werkgever"],
                    _I,
                    f"{_OWN_FIRM} AND vacature_id IS NULL AND gevraagd_door_id = (SELECT app_gebruiker())"
                    " AND status = 'open'",
                ),
                Toegang(["ba_werkgever"], _U, f"{_OWN_FIRM} AND vacature_id IS NULL", ("status",)),
                Toegang(["ba_bemiddelaar"], _S, _BY_US),
                Toegang(
                    ["ba_bemiddelaar"],
                    _I,
                    f"{_BY_US} AND vacature_id IS NOT NULL AND gevraagd_door_id = (SELECT app_gebruiker())"
                    " AND status = 'open'",
                ),
                Toegang(["ba_bemiddelaar"], _U, _BY_US, ("status",)),
            )
            + "GRANT UPDATE (uitkomst) ON bemiddeling_voorstel TO ba_bemiddelaar;\n",
            migrations.RunSQL.noop,
        ),
        *(
            migrations.RunSQL(definer(signature, "", roles)[0], migrations.RunSQL.noop)
            for signature, roles in _FUNCTIONS
        ),
    ]
