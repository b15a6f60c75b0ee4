"""The addresses of VUM, below the one that `config.urls` gives this package."""

from django.urls import path, re_path, register_converter

from banenafspraak.adapters.vum_api import beschrijving, lijsten, views


class NummerConverter:
    """An id of the standard (`SafeIDString`)."""

    regex = "[a-zA-Z0-9_.-]{1,200}"

    def to_python(self, value: str) -> str:
        """The text as it is."""
        return value

    def to_url(self, value: str) -> str:
        """The text as it is."""
        return value


register_converter(NummerConverter, "vumnummer")

urlpatterns = [
    path("v3/openapi.json", beschrijving.openapi, name="vum-openapi"),
    path("v3/werkzoekendeProfielen/matches", views.profile_matches, name="vum-profile-matches"),
    path("v3/werkzoekendeProfielen/<vumnummer:nummer>", views.profile_detail, name="vum-profile"),
    path("v3/vacatures/matches", views.vacature_matches, name="vum-vacature-matches"),
    path("v3/vacatures/<vumnummer:nummer>", views.vacature_detail, name="vum-vacature"),
    path("v3/werkzoekende/lijst/<vumnummer:oin>", lijsten.profile_list, name="vum-profile-list"),
    path("v3/vacature/lijst/<vumnummer:oin>", lijsten.vacature_list, name="vum-vacature-list"),
    re_path("", views.nowhere, name="vum-nowhere"),
]
