"""What holds for every form of this room, whoever writes it."""

from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """The human doors."""

    name = "banenafspraak.web"

    def ready(self) -> None:
        """Give Django's fields messages that do not repeat what was typed: it can be a BSN in the wrong box."""
        messages = {"invalid_choice": _("Kies een van de antwoorden die er staan.")}
        for field in (forms.ChoiceField, forms.MultipleChoiceField):
            field.default_error_messages |= messages
        messages["invalid_pk_value"] = messages["invalid_choice"]
        forms.ModelMultipleChoiceField.default_error_messages |= messages
