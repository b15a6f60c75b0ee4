"""The request as the views of this room receive it."""

import re
from urllib.parse import unquote

from django.forms import BaseForm
from django.http import HttpRequest

from banenafspraak.access import bsn
from banenafspraak.access.actor import Actor

# The number of one of our own things: its digits may pass the elfproef, and nobody typed them.
_UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")


class ActorRequest(HttpRequest):
    """A request that went through `middleware`: it knows who acts, and has a number of its own for the logs."""

    actor: Actor
    request_id: str


def understood(form: BaseForm) -> dict[str, str]:
    """What a form in the address was asked for and understood: only that goes on into the links of the page."""
    return {name: form.data[name] for name in form.fields if name not in form.errors and form.data.get(name)}


def without_bsn(address: str) -> str:
    """An address on this site that may be sent on: without its query when a BSN was typed in it, and else home.

    What somebody typed in the address bar is not ours to repeat in a page or a redirect.
    """
    path = address.partition("?")[0]
    for shorter in (address, path):
        plain = _UUID.sub("", unquote(shorter))
        if bsn.hide(plain) == plain:
            return shorter
    return "/"
