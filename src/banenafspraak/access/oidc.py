"""Signing in through an OpenID Connect provider: a verified subject and organisation become a known user.

The provider (a broker of DigiD and eHerkenning, or an organisation's own) says who somebody is, for which organisation
they may act, and how sure it is. A subject, an organisation or a membership we do not know is refused, and so is a
level of assurance that is not on our list. Only a burger is not known beforehand: whoever DigiD vouches for with a BSN
gets an account for the own data, without a name or an address. Standards: OpenID Connect Core 1.0, sections 3.1.3.7
(checks of the ID token) and 5.3.2 (userinfo belongs to the same subject).

Settings, besides those of mozilla-django-oidc:

* `OIDC_OP_ISSUER`: the issuer every ID token must name.
* `OIDC_ACR_VALUES_ACCEPTED`: the levels of assurance that suffice; empty refuses everybody.
* `OIDC_CLAIM_ORGANISATIE`: the claim with the OIN (20 digits) or KvK number (8 digits); none means: acts as burger.
* `OIDC_CLAIM_BSN`: the claim with the BSN of a burger; empty when the provider gives none.
* `OIDC_CLAIM_ROL`: the claim that picks a role when somebody has several; empty when the provider has none.
"""

import uuid
from collections.abc import Mapping
from typing import Any

import jwt
import requests
import structlog
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now, TruncDate
from django.http import HttpRequest
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from banenafspraak.access import bsn as bsns
from banenafspraak.access.actor import SESSION_LIDMAATSCHAP, SESSION_ORGANISATIE
from banenafspraak.access.bsn import Bsn, BsnError
from banenafspraak.access.models import Gebruiker, Lidmaatschap, bsn_context
from banenafspraak.access.permissions import Rol

log = structlog.get_logger("banenafspraak.access")


class OidcBackend(OIDCAuthenticationBackend):  # type: ignore[misc]
    """The authentication backend; gives a `Gebruiker` or None, and never raises on a provider's mistake."""

    def authenticate(self, request: HttpRequest | None, **kwargs: Any) -> Gebruiker | None:
        """The user behind the provider's answer, or None. On success the session knows the verified organisation."""
        try:
            gebruiker: Gebruiker | None = super().authenticate(request, **kwargs)
        except (SuspiciousOperation, requests.RequestException, jwt.PyJWTError, ValueError) as error:
            # Only the kind of error: its text may repeat tokens, addresses or claims.
            log.warning("oidc_refused", reason=type(error).__name__)
            return None
        return gebruiker

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """The claims of an ID token with a good signature, nonce, issuer, audience and end.

        Raises `SuspiciousOperation` or a `jwt.PyJWTError`.
        """
        if not token:
            raise SuspiciousOperation("the provider gave no ID token")
        payload: dict[str, Any] = super().verify_token(token, **kwargs)
        audience = payload.get("aud")
        audiences = [audience] if isinstance(audience, str) else audience
        if not isinstance(audiences, list) or self.OIDC_RP_CLIENT_ID not in audiences:
            raise SuspiciousOperation("the ID token is meant for another client")
        if len(audiences) > 1 and payload.get("azp") != self.OIDC_RP_CLIENT_ID:
            raise SuspiciousOperation("the ID token was given to another client")
        issuer = self.get_settings("OIDC_OP_ISSUER", "")
        if not issuer or payload.get("iss") != issuer:
            raise SuspiciousOperation("the ID token comes from another issuer")
        # The signature check also checked `exp`, but only where there is one.
        if "exp" not in payload or not isinstance(payload.get("sub"), str) or not payload["sub"]:
            raise SuspiciousOperation("the ID token lacks a subject or an end")
        return payload

    def get_or_create_user(self, access_token: str, id_token: str, payload: Mapping[str, Any]) -> Gebruiker | None:
        """The known user of these verified claims, or None. Creates none but that of a burger with a BSN."""
        claims = dict(payload)
        if self.OIDC_OP_USER_ENDPOINT:
            userinfo = self.get_userinfo(access_token, id_token, payload)
            if userinfo.get("sub") != payload["sub"]:
                raise SuspiciousOperation("userinfo is about another subject")
            # What the signed token says stands; userinfo only adds to it.
            claims = {**userinfo, **claims}
        if claims.get("acr") not in self.get_settings("OIDC_ACR_VALUES_ACCEPTED", ()):
            return self._refuse("acr")
        if not self._take_bsn(claims):
            return self._refuse("bsn")
        lidmaatschappen = list(self._lidmaatschappen(claims))
        if not lidmaatschappen:
            return self._refuse("lidmaatschap")
        gebruiker = lidmaatschappen[0].gebruiker
        self._remember(gebruiker, lidmaatschappen)
        return gebruiker

    def get_user(self, user_id: Any) -> Gebruiker | None:
        """The user of a session, or None: switching a user off ends their sessions."""
        return Gebruiker.objects.filter(pk=user_id, is_active=True).first()

    def _take_bsn(self, claims: Mapping[str, Any]) -> bool:
        """Remember the BSN that the provider gave for a burger, and make the account of who comes for the first time.

        False for a text that is no BSN, and for another number than this subject had before: then something is wrong.
        """
        claim = self.get_settings("OIDC_CLAIM_BSN", "")
        if not claim or claim not in claims or self.get_settings("OIDC_CLAIM_ORGANISATIE", "organisatie") in claims:
            return True
        try:
            bsn = Bsn.parse(str(claims[claim]))
        except BsnError:
            return False
        sub = subject(claims["iss"], claims["sub"])
        with transaction.atomic():
            gebruiker = Gebruiker.objects.filter(sub=sub).first()
            if gebruiker is None:
                pk = uuid.uuid4()
                gebruiker, _ = Gebruiker.objects.get_or_create(
                    sub=sub,
                    defaults={"id": pk, "email": f"{pk}@burger.invalid", "naam": "Burger", "created_at": Now()},
                )
            if gebruiker.bsn_verzegeld is None:
                gebruiker.bsn_verzegeld = bsns.seal(bsn, context=bsn_context(gebruiker.pk))
                gebruiker.save(update_fields=["bsn_verzegeld"])
            elif bsns.unseal(gebruiker.bsn_verzegeld, context=bsn_context(gebruiker.pk)) != bsn.reveal():
                return False
            if not gebruiker.lidmaatschappen.filter(rol=Rol.BURGER.value).exists():
                # Somebody's own data are always that person's own.
                Lidmaatschap.objects.create(gebruiker=gebruiker, rol=Rol.BURGER.value, geldig=(None, None))
        return True

    def _lidmaatschappen(self, claims: Mapping[str, Any]) -> QuerySet[Lidmaatschap]:
        found = Lidmaatschap.objects.filter(
            gebruiker__sub=subject(claims["iss"], claims["sub"]),
            gebruiker__is_active=True,
            # The day of signing in, by the clock of the database.
            geldig__contains=TruncDate(Now()),
        ).select_related("gebruiker")
        nummer = claims.get(self.get_settings("OIDC_CLAIM_ORGANISATIE", "organisatie"))
        if nummer is None:
            found = found.filter(rol=Rol.BURGER.value, organisatie__isnull=True)
        elif isinstance(nummer, str) and len(nummer) in (8, 20) and nummer.isascii() and nummer.isdigit():
            found = found.filter(Q(organisatie__oin=nummer) | Q(organisatie__kvk=nummer))
        else:
            return found.none()
        claim_rol = self.get_settings("OIDC_CLAIM_ROL", "")
        if claim_rol and claim_rol in claims:
            found = found.filter(rol=str(claims[claim_rol]))
        return found.order_by("pk")

    def _remember(self, gebruiker: Gebruiker, lidmaatschappen: list[Lidmaatschap]) -> None:
        session = self.request.session
        if session.get("_auth_user_id") not in (None, str(gebruiker.pk)):
            session.flush()  # what the previous user left behind must not be read by this one
        session.pop(SESSION_LIDMAATSCHAP, None)
        session[SESSION_ORGANISATIE] = lidmaatschappen[0].organisatie_id
        if len(lidmaatschappen) == 1:
            session[SESSION_LIDMAATSCHAP] = lidmaatschappen[0].pk

    @staticmethod
    def _refuse(reason: str) -> None:
        log.warning("oidc_refused", reason=reason)


def subject(issuer: str, sub: str) -> str:
    """The text under which a user of this issuer is kept in `Gebruiker.sub`: subjects are unique per issuer only."""
    return f"{issuer}|{sub}"
