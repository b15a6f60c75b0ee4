"""Who calls: the headers of the standard, held against the certificate and the parties that were let in."""

import hmac
import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from banenafspraak.access import organisaties
from banenafspraak.adapters.vum_api.meldingen import Onbekend, Ongeldig, Onvolledig
from banenafspraak.bemiddeling import vumpartijen
from banenafspraak.bemiddeling.vumpartijen import Partij

FROM, TO, VIA = "X-VUM-fromParty", "X-VUM-toParty", "X-VUM-viaParty"
VERSIES = ("API-Version", "X-VUM-berichtVersie")
SUWI = "X-VUM-SUWIparty"
REQUIRED = (*VERSIES, FROM, TO, VIA, SUWI)
_OIN = re.compile(r"[0-9]{20}")
_VERSIE = re.compile(r"3\.0\.[0-9]{1,3}")
# An OIN as the proxy may hand it over: by itself, or as the serial number in the name of the certificate.
_IN_SUBJECT = re.compile(r"(?:^|[,/+\s])(?:serialNumber|SERIALNUMBER|2\.5\.4\.5)\s*=\s*([0-9]{20})(?:$|[,/+\s])")


@dataclass(frozen=True)
class Beller:
    """Who calls, and which organisation here it calls."""

    partij: Partij
    bron: int


def caller(request: HttpRequest) -> Beller:
    """The party behind a call. Raises `Onvolledig`, `Ongeldig`, `Onbekend`. Two queries."""
    missing = [name for name in REQUIRED if not request.headers.get(name, "").strip()]
    if missing:
        raise Onvolledig(f"Deze kop ontbreekt: {', '.join(missing)}.")
    given = {name: request.headers[name].strip() for name in REQUIRED}
    for name in VERSIES:
        if not _VERSIE.fullmatch(given[name]):
            raise Ongeldig(f"{name}: hier wordt versie 3.0.0 gesproken.")
    for name in (FROM, TO, VIA):
        if not _OIN.fullmatch(given[name]):
            raise Ongeldig(f"{name}: een OIN heeft twintig cijfers.")
    suwi = given[SUWI].lower()
    if suwi not in ("true", "false"):
        raise Ongeldig(f"{SUWI}: vul true of false in.")
    partij = vumpartijen.find(given[FROM])
    if partij is None:
        raise Onbekend(f"{FROM}: deze partij is hier niet aangesloten.")
    _hold_against_certificate(request, partij)
    if suwi == "true" and not partij.suwi:
        raise Onbekend(f"{SUWI}: deze partij is geen SUWI-partij.")
    bron = organisaties.publiek_with_oin(given[TO])
    if bron is None:
        raise Ongeldig(f"{TO}: deze bron is hier niet.")
    return Beller(partij if suwi == "true" else _without_suwi(partij), bron)


def _without_suwi(partij: Partij) -> Partij:
    return Partij(partij.organisatie_id, partij.oin, False, partij.verwerker_oin, partij.vragen_per_minuut)


def _hold_against_certificate(request: HttpRequest, partij: Partij) -> None:
    """The certificate is the party's own, or that of the processor it named. Raises `Onbekend`.

    Outside productie a call may come without one: there is no proxy then. One that comes is always looked at.
    """
    text = request.headers.get(settings.VUM_CERTIFICAATKOP, "").strip()
    if not text and settings.OMGEVING != "productie":
        return
    found = _IN_SUBJECT.search(text)
    oin = found[1] if found else text
    may = [one for one in (partij.oin, partij.verwerker_oin) if one]
    if not _OIN.fullmatch(oin) or not any(hmac.compare_digest(oin, one) for one in may):
        raise Onbekend("Het certificaat hoort niet bij deze partij.")
