"""Every address of the platform; the doors themselves live in web."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("vum/", include("banenafspraak.adapters.vum_api.urls")),
    path("", include("banenafspraak.web.urls")),
]
if settings.OIDC_ENABLED:
    urlpatterns.insert(0, path("oidc/", include("mozilla_django_oidc.urls")))

handler400 = "banenafspraak.web.fouten.handler400"
handler403 = "banenafspraak.web.fouten.handler403"
handler404 = "banenafspraak.web.fouten.handler404"
handler500 = "banenafspraak.web.fouten.handler500"
