from django.db import migrations

from banenafspraak.access.rechten import FUNCTIES, Toegang, definer, protect

_S, _I, _U = ["SELECT"], ["INSERT"], ["UPDATE"]
_OWN_FIRM = "werkgever_id = (SELECT app_organisatie())"
_OWN = "persoon_id IN (SELECT register_eigen_persoon())"
# Whom a bemiddelaar may see at all is said by the policies of register_woonplaats; the exact day by the query.
_LIVES_HERE = "EXISTS (SELECT FROM register_woonplaats AS w WHERE w.persoon_id = {}.persoon_id)"
_HERE = _LIVES_HERE.format("bemiddeling_voorstel")
_OF_VOORSTEL = "voorstel_id IN (SELECT s.id FROM bemiddeling_voorstel AS s)"
_WITH_VOORSTEL = "id IN (SELECT s.verzoek_id FROM bemiddeling_voorstel AS s)"
_FOR_EMPLOYERS = (
    "bemiddeling_geef_gegevens(uuid, bigint, uuid, text, text, timestamptz)",
    "bemiddeling_toestemmingen_van(bigint, uuid, timestamptz)",
    "bemiddeling_rond_af(uuid, bigint, uuid, text, text, text, timestamptz)",
)
_INSIDE = (
    "bemiddeling_moment(bigint, uuid, timestamptz)",
    "bemiddeling_leeft(text, text, timestamptz, timestamptz, date, timestamptz)",
    "bemiddeling_log_contact(timestamptz, uuid, bigint, text, text, text, text, bytea, jsonb)",
)


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0032_gegevens"), ("register", "0003_rechten")]

    operations = [
        migrations.RunSQL(
            *protect(
                "bemiddeling_contactverzoek",
                Toegang(["ba_werkgever"], _S, _OWN_FIRM),
                Toegang(
                    ["ba_werkgever"],
                    _I,
                    f"{_OWN_FIRM} AND gevraagd_door_id = (SELECT app_gebruiker()) AND status = 'open'",
                ),
                Toegang(["ba_werkgever"], _U, _OWN_FIRM, ("status",)),
                Toegang(["ba_burger"], _S, _WITH_VOORSTEL),
                Toegang(["ba_bemiddelaar"], _S, _WITH_VOORSTEL),
                Toegang([FUNCTIES], _S),
            )
        ),
        # The employer's role is not named here, nor for the steps, the consents and the messages.
        migrations.RunSQL(
            *protect(
                "bemiddeling_voorstel",
                Toegang(["ba_burger"], _S, _OWN),
                Toegang(["ba_burger"], _U, _OWN, ("status", "beantwoord_at")),
                Toegang(["ba_bemiddelaar"], ["SELECT", "INSERT"], _HERE),
                Toegang(
                    ["ba_bemiddelaar"],
                    _U,
                    _HERE,
                    ("status", "reden", "beoordelaar_id", "beoordeeld_at", "beantwoord_at"),
                ),
                Toegang([FUNCTIES], ["SELECT", "UPDATE"]),
            )
        ),
        migrations.RunSQL(
            *protect(
                "bemiddeling_voorstelstap",
                Toegang(
                    ["ba_burger"], _S, _OF_VOORSTEL, ("id", "voorstel_id", "handeling", "van", "naar", "at", "rol")
                ),
                Toegang(["ba_bemiddelaar"], _S, _OF_VOORSTEL),
                Toegang(
                    ["ba_burger", "ba_bemiddelaar"], _I, f"{_OF_VOORSTEL} AND gebruiker_id = (SELECT app_gebruiker())"
                ),
                Toegang([FUNCTIES], ["SELECT", "INSERT"]),
            )
        ),
        migrations.RunSQL(
            *protect(
                "bemiddeling_toestemming",
                Toegang(["ba_burger"], ["SELECT", "INSERT"], f"{_OWN} AND {_OF_VOORSTEL}"),
                Toegang(["ba_burger"], _U, _OWN, ("gegevens_verzegeld", "geeindigd_at", "geldig_tot")),
                Toegang(
                    ["ba_bemiddelaar"], ["SELECT", "INSERT"], _LIVES_HERE.format("bemiddeling_toestemming")
                ),
                Toegang(
                    ["ba_bemiddelaar"],
                    _U,
                    _LIVES_HERE.format("bemiddeling_toestemming"),
                    ("gegevens_verzegeld", "geeindigd_at"),
                ),
                Toegang([FUNCTIES], ["SELECT", "UPDATE"]),
            )
        ),
        migrations.RunSQL(
            *protect(
                "bemiddeling_bericht",
                Toegang(["ba_burger"], _S, _OWN),
                Toegang(["ba_burger"], _U, _OWN, ("gelezen_at",)),
                Toegang(
                    ["ba_bemiddelaar"],
                    ["SELECT", "INSERT"],
                    f"organisatie_id = (SELECT app_organisatie()) OR {_LIVES_HERE.format('bemiddeling_bericht')}",
                ),
                Toegang(["ba_bemiddelaar"], _U, "organisatie_id = (SELECT app_organisatie())", ("gelezen_at",)),
            )
        ),
        *(
            migrations.RunSQL(definer(signature, "", ["ba_werkgever"])[0], migrations.RunSQL.noop)
            for signature in _FOR_EMPLOYERS
        ),
        *(migrations.RunSQL(definer(signature, "", [FUNCTIES])[0], migrations.RunSQL.noop) for signature in _INSIDE),
    ]
