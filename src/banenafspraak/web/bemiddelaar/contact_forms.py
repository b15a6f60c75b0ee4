"""Forms of a bemiddelaar around contact: the work list, a judgement, an answer passed on, and the own people."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from banenafspraak.bemiddeling.contactwoorden import Ongeschiktreden
from banenafspraak.bemiddeling.mensen import Volgorde, Zicht
from banenafspraak.web.components.formulier import Form, Select, TextInput
from banenafspraak.web.contactwoorden import REDENEN
from banenafspraak.web.toestemmingformulier import ToestemmingForm


class VerzoekenForm(Form):
    """Which requests to show, and in which order; stands in the address."""

    stand = forms.ChoiceField(
        label=_("Welke verzoeken"),
        choices=[
            ("", _("Te beoordelen")),
            ("gevraagd", _("Wacht op de persoon")),
            ("bellen", _("Om te bellen")),
            ("te-laat", _("Te laat")),
            ("ja", _("Met een ja")),
            ("klaar", _("Klaar")),
            ("alle", _("Alle")),
        ],
        required=False,
        widget=Select,
    )
    volgorde = forms.ChoiceField(
        label=_("Volgorde"),
        choices=[("", _("Eerst wat eerst af moet")), ("nieuw", _("De nieuwste eerst")), ("werkgever", _("Werkgever"))],
        required=False,
        widget=Select,
    )


class OordeelForm(Form):
    """Why a question is not put to somebody; empty with a yes."""

    reden = forms.ChoiceField(
        label=_("Waarom past het niet?"),
        choices=[("", _("Kies een reden")), *((r.value, REDENEN[r]) for r in Ongeschiktreden)],
        required=False,
        widget=Select,
    )


class AnderForm(Form):
    """Who else of the own people this could be for."""

    persoon = forms.ChoiceField(
        label=_("Wie past beter?"), error_messages={"required": _("Kies een persoon.")}, widget=Select
    )

    def __init__(self, *args: Any, people: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["persoon"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Kies")), *((str(pk), naam) for pk, naam in people)]


class DoorgeefForm(ToestemmingForm):
    """A yes that somebody gave to the bemiddelaar in a conversation."""

    gesproken = forms.BooleanField(
        label=_("Ik heb dit met de persoon besproken, en de persoon zei ja."),
        error_messages={"required": _("Bespreek het eerst met de persoon.")},
    )


class MensenForm(Form):
    """Which of the own people to show, and in which order; stands in the address."""

    zicht = forms.ChoiceField(
        label=_("Wie"),
        choices=[
            (Zicht.ALLE.value, _("Iedereen met een profiel")),
            (Zicht.TE_VINDEN.value, _("Te vinden voor werkgevers")),
            (Zicht.AANVULLEN.value, _("Profiel is niet af")),
            (Zicht.BEVESTIGEN.value, _("Lang niet bevestigd")),
            (Zicht.VERZOEK.value, _("Met een vraag van een werkgever")),
            (Zicht.NIET_OPENBAAR.value, _("Niet te vinden, met een reden")),
        ],
        required=False,
        widget=Select,
    )
    werk = forms.CharField(label=_("Zoek op werk"), max_length=100, required=False, widget=TextInput)
    waar = forms.CharField(label=_("Plaats of postcode van het werk"), max_length=60, required=False, widget=TextInput)
    volgorde = forms.ChoiceField(
        label=_("Volgorde"),
        choices=[
            (Volgorde.BEVESTIGD.value, _("Langst niet bevestigd eerst")),
            (Volgorde.GEWIJZIGD.value, _("Laatst gewijzigd eerst")),
            (Volgorde.VERZOEKEN.value, _("Meeste vragen eerst")),
        ],
        required=False,
        widget=Select,
    )
