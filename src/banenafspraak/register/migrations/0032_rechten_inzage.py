from django.db import migrations

from banenafspraak.access.rechten import FUNCTIES, Toegang, open_to, protect

_OWN_GEMEENTE = "gemeente_code = (SELECT app_gemeente()) AND organisatie_id = (SELECT app_organisatie())"
_OWN_VERZOEK = "verzoek_id IN (SELECT v.id FROM register_populatieverzoek AS v)"
_ANSWERED = (
    "status",
    "behandelaar_id",
    "antwoord_verzegeld",
    "beantwoord_at",
    "verlengd_op",
    "verlenging_verzegeld",
    "uiterlijk_op",
)
_DELIVERED = ("gebruikt_at", "gebruiker_id", "vorm", "peildatum", "bekend_op", "aantal", "sha256")


class Migration(migrations.Migration):
    dependencies = [("register", "0031_melding"), ("access", "0006_logboek")]

    operations = [
        # When gemeenten may ask is nobody's personal data.
        migrations.RunSQL(
            open_to(["register_populatievenster"], ["ba_bemiddelaar", "ba_beoordelaar"])
            + open_to(["register_populatievenster"], ["ba_beoordelaar"], "INSERT"),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            *protect(
                "register_populatieverzoek",
                Toegang(["ba_bemiddelaar"], ["SELECT", "INSERT"], _OWN_GEMEENTE),
                Toegang(["ba_bemiddelaar"], ["UPDATE"], _OWN_GEMEENTE, ("status",)),
                Toegang(["ba_beoordelaar"], ["SELECT"]),
                Toegang(["ba_beoordelaar"], ["UPDATE"], "true", ("status", "beslisser_id", "besloten_at", "reden")),
            )
        ),
        migrations.RunSQL(
            *protect(
                "register_populatielevering",
                Toegang(["ba_bemiddelaar"], ["SELECT"], _OWN_VERZOEK),
                Toegang(["ba_bemiddelaar"], ["UPDATE"], _OWN_VERZOEK, _DELIVERED),
                Toegang(["ba_beoordelaar"], ["SELECT", "INSERT"]),
            )
        ),
        migrations.RunSQL(
            *protect(
                "register_populatiestand",
                Toegang(["ba_bemiddelaar"], ["SELECT"], "gemeente_code = (SELECT app_gemeente())"),
                Toegang(["ba_bemiddelaar"], ["INSERT"], _OWN_GEMEENTE),
            )
        ),
        migrations.RunSQL(
            *protect(
                "register_melding",
                Toegang(["ba_burger"], ["SELECT", "INSERT"], "melder_id = (SELECT app_gebruiker())"),
                Toegang(["ba_burger"], ["UPDATE"], "melder_id = (SELECT app_gebruiker())", ("status",)),
                Toegang(["ba_beoordelaar"], ["SELECT"], "onderwerp = 'registratie'"),
                Toegang(["ba_beoordelaar"], ["UPDATE"], "onderwerp = 'registratie'", _ANSWERED),
                Toegang(["ba_toezicht"], ["SELECT"], "onderwerp = 'blik'"),
                Toegang(["ba_toezicht"], ["UPDATE"], "onderwerp = 'blik'", _ANSWERED),
                Toegang([FUNCTIES], ["SELECT"]),
            )
        ),
    ]
