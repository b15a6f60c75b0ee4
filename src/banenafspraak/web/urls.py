"""Every address of the human doors and the public API."""

from django.urls import path, register_converter

from banenafspraak.web import operations
from banenafspraak.web.api import docs
from banenafspraak.web.api.openapi import openapi_json
from banenafspraak.web.api.routes import api
from banenafspraak.web.beleid import views as beleid
from banenafspraak.web.openbaar import inloggen, uitleg
from banenafspraak.web.openbaar import views as openbaar
from banenafspraak.web.toezicht import blokkades
from banenafspraak.web.werkgever import views as werkgever


class RegioConverter:
    """The code of a region, or NL for the whole country."""

    regex = "AM[0-9]{2}|NL"

    def to_python(self, value: str) -> str:
        """The code as it is."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it is."""
        return value


class KwartaalConverter(RegioConverter):
    """A quarter, such as 2018Q1."""

    regex = "[0-9]{4}Q[1-4]"


register_converter(RegioConverter, "regio")
register_converter(KwartaalConverter, "kwartaal")

urlpatterns = [
    path("", openbaar.home, name="home"),
    path("cijfers/", openbaar.figures_index, name="figures"),
    path("cijfers/<regio:regio>/<kwartaal:kwartaal>/", openbaar.factsheet, name="factsheet"),
    path("cijfers/<regio:regio>/<kwartaal:kwartaal>.csv", openbaar.factsheet_csv, name="factsheet-csv"),
    path("cijfers/<regio:regio>/<kwartaal:kwartaal>.json", openbaar.factsheet_json, name="factsheet-json"),
    path("cijfers/<regio:regio>/<kwartaal:kwartaal>/uitleg/", uitleg.counting, name="counting"),
    path("inloggen/", inloggen.sign_in, name="login"),
    path("inloggen/rol/", inloggen.choose_role, name="choose-role"),
    path("uitloggen/", inloggen.sign_out, name="logout"),
    path("taal/", inloggen.choose_language, name="language"),
    path("over/", openbaar.about, name="about"),
    path("toegankelijkheid/", openbaar.accessibility, name="accessibility"),
    path("kwetsbaarheid-melden/", openbaar.security, name="security"),
    path("beleid/cijfers/", beleid.index, name="internal-figures"),
    path("beleid/cijfers/<regio:regio>/<kwartaal:kwartaal>/", beleid.factsheet, name="internal-factsheet"),
    path("werkgever/", werkgever.hub, name="employer"),
    path("werkgever/check/", werkgever.check, name="employer-check"),
    path("werkgever/werknemers/", werkgever.own_staff, name="employer-staff"),
    path("werkgever/vragen/", werkgever.history, name="employer-history"),
    path("werkgever/mandaten/", werkgever.mandates, name="employer-mandates"),
    path("werkgever/mandaten/<int:mandaat_id>/<slug:action>/", werkgever.mandate_step, name="employer-mandate-step"),
    path("werkgever/sleutels/", werkgever.keys, name="employer-keys"),
    path("werkgever/sleutels/<int:sleutel_id>/intrekken/", werkgever.key_withdraw, name="employer-key-withdraw"),
    path("werkgever/blokkade/", werkgever.block, name="employer-block"),
    path("toezicht/blokkades/", blokkades.index, name="supervision-blocks"),
    path("toezicht/blokkades/<int:blokkade_id>/", blokkades.block, name="supervision-block"),
    path("api/docs/", docs.page, name="api-docs"),
    path("api/v1/openapi.json", openapi_json, name="openapi"),
    path("api/v1/", api.urls),
    path("healthz", operations.healthz, name="healthz"),
    path("readyz", operations.readyz, name="readyz"),
    path("metrics", operations.prometheus, name="metrics"),
    path(".well-known/security.txt", operations.security_txt, name="security-txt"),
]
