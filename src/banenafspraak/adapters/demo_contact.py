"""The demo's cards and requests: what the queue does every Monday is done at once, and two employers have asked.

One candidate has a question to answer, and the bemiddelaar of the gemeente has people to judge. Everything goes through
the actions that the pages use.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from banenafspraak.access import demo as rollen
from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import contact, klassen, profielzicht, verkenner
from banenafspraak.bemiddeling.wens import Wens
from banenafspraak.register import personen

_DOEL = "demo vullen"
_TE_BEOORDELEN = 2


@transaction.atomic
def load(*, now: datetime) -> None:
    """Publish the cards, and let two employers ask for people of Hilversum. For a demo that was filled this minute."""
    today = timezone.localtime(now).date()
    klassen.publish(actor=Actor.system(doel=_DOEL), now=now)
    gemeente = rollen.actor_of("bemiddelaar-gemeente", peildatum=today, doel=_DOEL)
    seen = profielzicht.visible_to(gemeente, peildatum=today, known_at=now).select_related("persoon")
    own = {profiel.pk: profiel.persoon for profiel in seen}

    werkgever = rollen.actor_of("werkgever", peildatum=today, doel=_DOEL)
    kaart, members = next(_cards(werkgever, own, 1, now=now), (None, []))
    if kaart is None:
        return
    persoon = own[members[0]]
    rollen.give_bsn("burger-gevraagd", personen.bsn_of(persoon))
    _ask(werkgever, kaart, members[:1], "Brood inpakken en rekken vullen in onze winkel.", now=now)
    asked = contact.visible_to(gemeente, now=now).get(persoon=persoon)
    contact.approve(actor=gemeente, voorstel_id=asked.pk, now=now)

    andere = rollen.actor_of("werkgever-2", peildatum=today, doel=_DOEL)
    others = own.keys() - members[:1]
    kaart, members = next(_cards(andere, others, _TE_BEOORDELEN, now=now), (None, []))
    if kaart is not None:
        _ask(andere, kaart, members[:_TE_BEOORDELEN], "Drukwerk vouwen, tellen en in dozen doen.", now=now)


def _cards(werkgever: Actor, own: Collection[UUID], aantal: int, *, now: datetime) -> Iterator[tuple[str, list[UUID]]]:
    """The cards behind which so many of these people are, with those people in the order of their id."""
    assert werkgever.organisatie_id is not None
    pagina = 1
    while (page := verkenner.search(Wens(), actor=werkgever, now=now, pagina=pagina)).gevonden:
        for found in page.gevonden:
            everybody = klassen.members_for_contact(found.nummer, organisatie_id=werkgever.organisatie_id, now=now)
            if len(members := sorted(one for one in everybody if one in own)) >= aantal:
                yield found.nummer, members
        pagina += 1


def _ask(werkgever: Actor, kaart: str, members: list[UUID], tekst: str, *, now: datetime) -> None:
    verzoek_id = contact.ask(
        actor=werkgever,
        kaart_id=kaart,
        aantal=len(members),
        vacature_tekst=tekst,
        aanbod="Een contract voor 24 uur, met een vaste begeleider.",
        now=now,
    )
    contact.propose(actor=Actor.system(doel=_DOEL), verzoek_id=verzoek_id, profielen=members, now=now)
