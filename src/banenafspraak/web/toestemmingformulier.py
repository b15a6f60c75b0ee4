"""The form of a yes: which data, for how long, and how to reach somebody; with every choice stands what would be given.

For the person, and for the bemiddelaar who passes on what the person said.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banenafspraak.bemiddeling import gegeven
from banenafspraak.bemiddeling.contactwoorden import Gegeven
from banenafspraak.bemiddeling.gegeven import MAX_VELD
from banenafspraak.bemiddeling.profielrecord import Contact, ProfielRecord
from banenafspraak.bemiddeling.toestemmingen import DUUR
from banenafspraak.web.components.formulier import Form, RadioSelect, TextInput
from banenafspraak.web.components.parts import Answer
from banenafspraak.web.contactwoorden import GEGEVENS, profile_answers

# What may tell of an illness, and free text, are never chosen beforehand.
_CHOSEN = (Gegeven.WERK, Gegeven.OPLEIDING, Gegeven.ERVARING, Gegeven.PRAKTISCH)


class ToestemmingForm(Form):
    """`choices` pairs each kind of data with its field and what would be given; a kind without an answer is absent."""

    naam = forms.CharField(
        label=_("Naam"),
        max_length=MAX_VELD,
        error_messages={"required": _("Vul de naam in.")},
        widget=TextInput({"autocomplete": "name"}),
    )
    telefoonnummer = forms.CharField(
        label=_("Telefoonnummer"), max_length=MAX_VELD, required=False, widget=TextInput({"autocomplete": "tel"})
    )
    emailadres = forms.CharField(
        label=_("E-mailadres"),
        help_text=_("Een telefoonnummer of een e-mailadres is genoeg."),
        max_length=MAX_VELD,
        required=False,
        widget=TextInput({"autocomplete": "email"}),
    )
    weken = forms.TypedChoiceField(
        label=_("Hoe lang mag de werkgever dit gebruiken?"),
        coerce=int,
        initial=4,
        error_messages={"required": _("Kies hoe lang.")},
        widget=RadioSelect,
    )

    def __init__(self, *args: Any, record: ProfielRecord, **kwargs: Any) -> None:
        contact = record.contact
        initial = {"naam": contact.naam, "telefoonnummer": contact.telefoonnummer, "emailadres": contact.emailadres}
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        weken = self.fields["weken"]
        assert isinstance(weken, forms.TypedChoiceField)
        weken.choices = [(w, gettext("%(aantal)d weken") % {"aantal": w}) for w in DUUR]
        self._offered: list[tuple[Gegeven, tuple[Answer, ...]]] = []
        for kind in Gegeven:
            shown = profile_answers(gegeven.gather(record, [kind], Contact()).profiel, kind)
            if shown:
                self._offered.append((kind, shown))
                self.fields[f"geef_{kind.value}"] = forms.BooleanField(
                    label=str(GEGEVENS[kind]), required=False, initial=kind in _CHOSEN
                )

    def choices(self) -> list[tuple[forms.BoundField, tuple[Answer, ...]]]:
        """Each kind of data that can be given: its field, and what it holds now."""
        return [(self[f"geef_{kind.value}"], shown) for kind, shown in self._offered]

    def gekozen(self) -> list[Gegeven]:
        """What was chosen; after `is_valid()`."""
        return [kind for kind, _shown in self._offered if self.cleaned_data.get(f"geef_{kind.value}")]

    def bereikbaar(self) -> Contact:
        """How to reach somebody; after `is_valid()`."""
        data = self.cleaned_data
        return Contact(data["naam"], data["emailadres"], data["telefoonnummer"])
