"""What somebody's looking for work left behind, as plain values for the one download of own data (AVG art. 15).

Starts at the `visible_to` of each noun, so it never holds more than the pages show. What is sealed is opened, for it is
about the reader: only what an employer wrote and the reader may not read yet stays shut.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied

from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import contact, plaatsingen, profielen, toestemmingen, vindbaarheid, vumdeling
from banenafspraak.bemiddeling.contact import Voorstel
from banenafspraak.bemiddeling.toestemmingen import Toestemming
from banenafspraak.register.eigendossier import plain, rows_of
from banenafspraak.register.moment import day_of


def dossier(*, actor: Actor, now: datetime) -> dict[str, Any]:
    """The own profile, who may not see it, what employers asked, what was given to them, and the own placements.

    The caller logs that it was fetched. Raises `PermissionDenied` for who does not act for themself.
    """
    require(actor, Permission.PROFIEL_VIEW)
    if actor.rol is not Rol.BURGER or actor.bsn is None:
        raise PermissionDenied("only who acts for themself")
    return {
        "klantprofiel": _profile(actor, now),
        "vragen_van_werkgevers": [_question(one) for one in contact.visible_to(actor, now=now)],
        "toestemmingen": [_consent(one) for one in toestemmingen.visible_to(actor, now=now)],
        "plaatsingen": [_placement(one) for one in plaatsingen.visible_to(actor, now=now)],
    }


def _profile(actor: Actor, now: datetime) -> dict[str, Any] | None:
    today = day_of(now)
    persoon_id = profielen.own_persoon(actor, peildatum=today, known_at=now)
    row = profielen.get(actor, persoon_id, peildatum=today, known_at=now) if persoon_id else None
    if persoon_id is None or row is None:
        return None
    found = profielen.describe(actor, persoon_id, row)
    return {
        "antwoorden": plain(found.record),
        "beantwoord_op": plain(found.beantwoord),
        "status": found.status.value,
        "beschikbaar_bevestigd_op": plain(found.bevestigd_op),
        "delen_buiten_de_regio": _sharing(actor, now),
        "werkgevers_die_u_niet_zien": [one.organisatie.naam for one in vindbaarheid.hidden_from(actor)],
    }


def _sharing(actor: Actor, now: datetime) -> dict[str, Any] | None:
    try:
        return dict(plain(vumdeling.choice_of(actor, now=now)))
    except ObjectDoesNotExist:
        return None


def _question(voorstel: Voorstel) -> dict[str, Any]:
    [row] = rows_of([voorstel])
    vacature, aanbod = contact.texts_of(voorstel.verzoek) if contact.may_read(voorstel) else ("", "")
    return {"werkgever": voorstel.werkgever.naam, "vacature": vacature, "aanbod": aanbod, **row}


def _consent(toestemming: Toestemming) -> dict[str, Any]:
    [row] = rows_of([toestemming])
    given = toestemmingen.given(toestemming)
    return {"werkgever": toestemming.werkgever.naam, "gegeven": plain(given) if given else None, **row}


def _placement(plaatsing: plaatsingen.Plaatsing) -> dict[str, Any]:
    [row] = rows_of([plaatsing])
    return {**row, "naam_voor_de_werkgever": plaatsingen.name_of(plaatsing)}
