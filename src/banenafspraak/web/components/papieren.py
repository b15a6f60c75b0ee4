"""Adding a document to an aanvraag, the same for citizen and gemeente."""

from datetime import datetime
from typing import Self
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from banenafspraak.access.actor import Actor
from banenafspraak.register import aanvraagdocumenten
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web.components.formulier import FileInput, Form


class DocumentForm(Form):
    """One document at a time. What it is is judged by its content, not by its name."""

    bestand = forms.FileField(
        label=_("Document kiezen"),
        help_text=_("Een pdf, een foto (jpg of png) of een Word-bestand, tot 10 MB."),
        widget=FileInput,
        error_messages={
            "required": _("Kies eerst een document."),
            "missing": _("Kies eerst een document."),
            "empty": _("Dit document is leeg. Kies een ander document."),
        },
    )

    @classmethod
    def received(cls, request: HttpRequest) -> Self:
        """The form with what was sent, and the reason when a file was too large to be read."""
        form = cls(request.POST, request.FILES)
        too_large: ValidationError | None = getattr(request, "too_large", None)
        if too_large is not None:
            form.errors.clear()
            show(form, too_large)
        return form

    def add(self, *, actor: Actor, aanvraag_id: UUID, now: datetime) -> bool:
        """Add the document; False, with the reason as an error of this form, when it was refused."""
        given = self.cleaned_data["bestand"]
        try:
            aanvraagdocumenten.add(
                actor=actor, aanvraag_id=aanvraag_id, bestandsnaam=given.name, stream=given.file, now=now
            )
        except ValidationError as error:
            show(self, error)
        except NietMogelijk as error:
            self.add_error(None, error.melding)
        return not self.errors


def show(form: forms.Form, error: ValidationError) -> None:
    """Put what the domain refused with the field it is about, or at the top."""
    for naam, texts in (error.message_dict if hasattr(error, "error_dict") else {"": error.messages}).items():
        form.add_error(naam if naam in form.fields else None, texts)
