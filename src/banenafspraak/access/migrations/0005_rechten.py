from django.db import migrations

from banenafspraak.access.rechten import ENSURE_ROLES, FUNCTIES, SIGNED_IN, WEB, Toegang, open_to, protect

# A setting of an actor that ended reads as an empty string, never as NULL: the NULLIF is what closes every door then.
CONTEXT = """
CREATE FUNCTION app_gebruiker() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(current_setting('app.gebruiker', true), '')::uuid;
CREATE FUNCTION app_organisatie() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(current_setting('app.organisatie', true), '')::bigint;
CREATE FUNCTION app_gemeente() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(current_setting('app.gemeente', true), '');
CREATE FUNCTION app_regio() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(current_setting('app.regio', true), '');
CREATE FUNCTION app_indexen(setting text) RETURNS bytea[] LANGUAGE sql STABLE PARALLEL SAFE
    RETURN ARRAY(SELECT decode(deel, 'hex')
                 FROM unnest(string_to_array(NULLIF(current_setting(setting, true), ''), ',')) AS delen(deel));
CREATE FUNCTION app_burger() RETURNS bytea[] LANGUAGE sql STABLE PARALLEL SAFE RETURN app_indexen('app.burger');
CREATE FUNCTION app_burger_audit() RETURNS bytea[] LANGUAGE sql STABLE PARALLEL SAFE
    RETURN app_indexen('app.burger_audit');
CREATE FUNCTION app_rol() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN substr(NULLIF(current_setting('role', true), 'none'), 4);
"""
DROP_CONTEXT = """
DROP FUNCTION app_rol(); DROP FUNCTION app_burger_audit(); DROP FUNCTION app_burger(); DROP FUNCTION app_indexen(text);
DROP FUNCTION app_regio(); DROP FUNCTION app_gemeente(); DROP FUNCTION app_organisatie(); DROP FUNCTION app_gebruiker();
"""

_MEDEWERKERS = tuple(role for role in SIGNED_IN if role != "ba_burger")
_REFERENCE = ("access_gemeente", "access_arbeidsmarktregio", "access_gemeenteindeling", "access_organisatie")


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_gebruiker_bsn"),
        ("sessions", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(ENSURE_ROLES, migrations.RunSQL.noop),
        migrations.RunSQL(CONTEXT, DROP_CONTEXT),
        migrations.RunSQL(open_to(_REFERENCE), migrations.RunSQL.noop),
        migrations.RunSQL(
            open_to(["django_session"], [WEB], "SELECT, INSERT, UPDATE, DELETE")
            # The queue takes work from every role; what is in it never names a person.
            + open_to(
                ["procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers"],
                [WEB, FUNCTIES, *SIGNED_IN],
                "SELECT, INSERT, UPDATE",
            )
            + open_to(["SEQUENCE procrastinate_jobs_id_seq", "SEQUENCE procrastinate_events_id_seq"], mag="USAGE"),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            *protect(
                "access_gebruiker",
                Toegang([WEB], ["SELECT", "INSERT", "UPDATE"]),
                Toegang(SIGNED_IN, ["SELECT"], "id = (SELECT app_gebruiker())"),
                Toegang(
                    _MEDEWERKERS,
                    ["SELECT"],
                    "EXISTS (SELECT FROM access_lidmaatschap AS l WHERE l.gebruiker_id = access_gebruiker.id"
                    " AND l.organisatie_id = (SELECT app_organisatie()))",
                ),
            )
        ),
        migrations.RunSQL(
            *protect(
                "access_lidmaatschap",
                Toegang([WEB], ["SELECT", "INSERT"]),
                Toegang(SIGNED_IN, ["SELECT"], "gebruiker_id = (SELECT app_gebruiker())"),
                Toegang(_MEDEWERKERS, ["SELECT"], "organisatie_id = (SELECT app_organisatie())"),
            )
        ),
    ]
