"""The request as the views of this room receive it."""

from django.http import HttpRequest

from banenafspraak.access.actor import Actor


class ActorRequest(HttpRequest):
    """A request that went through `middleware`: it knows who acts, and has a number of its own for the logs."""

    actor: Actor
    request_id: str
