from django.db import migrations

from banenafspraak.access.rechten import FUNCTIES, Toegang, definer, protect

_RAADPLEEG = (
    "register_raadpleeg(bigint, bigint, uuid, text, text, text, uuid, bytea, bytea, timestamptz, text[], date[], text[],"
    " bytea[], bytea[], bytea[], bytea[], bigint[], bigint[], bigint[], bytea[], bytea[])"
)
# Asked for by an employer. The functions look no further than the caller's own organisation and its mandates.
_FOR_EMPLOYERS = (
    _RAADPLEEG,
    "register_tel_elfproef(bigint, bigint, uuid, int, timestamptz)",
    "register_werknemers(bigint, bigint, uuid, bigint, date, timestamptz)",
    "register_raadpleegruimte(bigint, bigint, uuid, timestamptz)",
)
_INSIDE = (
    "register_log_raadpleging(timestamptz, uuid, bigint, bigint, text, text, text, text, bytea[], text[])",
    "register_raadpleger(bigint, bigint, uuid, timestamptz)",
    "register_raadpleegstand_slot(bigint, int, float8, timestamptz)",
    "register_quotum(bigint)",
)
_OWN = "organisatie_id = (SELECT app_organisatie())"
_OWN_BLOCK = (
    "EXISTS (SELECT FROM register_blokkade AS b WHERE b.id = blokkade_id AND b.organisatie_id = (SELECT app_organisatie()))"
)
_ASKED = "werkgever_id = (SELECT app_organisatie())"


class Migration(migrations.Migration):
    dependencies = [("register", "0021_raadpleeg"), ("access", "0022_werkgever_rechten")]

    operations = [
        migrations.RunSQL(*protect("register_werkrelatie", Toegang([FUNCTIES], ["SELECT"]))),
        migrations.RunSQL(*protect("register_werkgeversomvang", Toegang([FUNCTIES], ["SELECT"]))),
        migrations.RunSQL(
            *protect(
                "register_raadpleegstand",
                Toegang([FUNCTIES], ["SELECT", "INSERT", "UPDATE"]),
                Toegang(["ba_toezicht"], ["SELECT", "UPDATE"]),
            )
        ),
        migrations.RunSQL(
            *protect(
                "register_raadpleegverzoek",
                Toegang([FUNCTIES], ["SELECT", "INSERT"]),
                Toegang(["ba_werkgever"], ["SELECT"], f"{_ASKED} OR door_id = (SELECT app_organisatie())"),
            )
        ),
        migrations.RunSQL(
            *protect(
                "register_raadpleging",
                Toegang([FUNCTIES], ["SELECT", "INSERT"]),
                Toegang(["ba_werkgever"], ["SELECT"], _ASKED),
            )
        ),
        migrations.RunSQL(
            *protect(
                "register_kandidaatcode",
                Toegang([FUNCTIES], ["SELECT", "UPDATE"]),
                Toegang(
                    ["ba_burger"], ["SELECT", "INSERT", "UPDATE"], "bsn_index = ANY ((SELECT app_burger())::bytea[])"
                ),
            )
        ),
        migrations.RunSQL(
            *protect(
                "register_blokkade",
                Toegang([FUNCTIES], ["SELECT", "INSERT"]),
                Toegang(["ba_werkgever"], ["SELECT"], _OWN),
                Toegang(["ba_toezicht"], ["SELECT", "UPDATE"]),
            )
        ),
        migrations.RunSQL(
            *protect(
                "register_bezwaar",
                Toegang(["ba_werkgever"], ["SELECT"], _OWN_BLOCK),
                Toegang(["ba_werkgever"], ["INSERT"], f"stand = 'ingediend' AND {_OWN_BLOCK}"),
                Toegang(["ba_toezicht"], ["SELECT", "UPDATE"]),
            )
        ),
        *(
            migrations.RunSQL(definer(signature, "", ["ba_werkgever"])[0], migrations.RunSQL.noop)
            for signature in _FOR_EMPLOYERS
        ),
        *(migrations.RunSQL(definer(signature, "", [FUNCTIES])[0], migrations.RunSQL.noop) for signature in _INSIDE),
    ]
