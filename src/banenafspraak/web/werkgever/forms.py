"""The forms of an employer: asking about one person, the list of own staff, mandates, keys, and an objection."""

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banenafspraak.access.bsn import is_valid
from banenafspraak.web.components.formulier import DateField, Form, Select, Textarea, TextInput
from banenafspraak.wet.raadpleging import Raadpleegsoort

_KVK = re.compile(r"[0-9]{8}")


def _text(**attrs: str) -> TextInput:
    return TextInput({"autocomplete": "off", **attrs})


_FILL_IN = {"required": _("Vul dit in.")}


class _ForEmployer(Form):
    """A form about one of the employers the actor may act for; with only one there is nothing to choose."""

    werkgever = forms.TypedChoiceField(label=_("Voor welke werkgever"), coerce=int, required=False, widget=Select)

    def __init__(self, *args: Any, werkgevers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(werkgevers) > 1:
            field = self.fields["werkgever"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = werkgevers
        else:
            del self.fields["werkgever"]


class CheckForm(_ForEmployer):
    """A question about one person. `sleutel` is the same when the same page is sent twice."""

    sleutel = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    bsn = forms.CharField(
        label=_("Burgerservicenummer (BSN)"),
        help_text=_("Negen cijfers. Het staat op de loonstrook of het identiteitsbewijs."),
        widget=_text(inputmode="numeric", maxlength="15"),
        error_messages=_FILL_IN,
    )
    soort = forms.ChoiceField(
        label=_("Wie is deze persoon voor u?"),
        choices=[
            (Raadpleegsoort.WERKNEMER.value, _("Werkt bij mij en staat op mijn loonlijst")),
            (Raadpleegsoort.VERWACHT.value, _("Wil ik aannemen")),
            (Raadpleegsoort.INGELEEND.value, _("Leen ik in, of is bij mij gedetacheerd")),
        ],
        widget=Select,
    )
    dag = DateField(
        label=_("Over welke dag wilt u het weten?"),
        help_text=_("Vandaag, of een dag van dit of het vorige kalenderjaar. Bijvoorbeeld: 31-12-2026"),
        error_messages=_FILL_IN,
    )
    uitlener = forms.CharField(
        label=_("KvK-nummer van de uitlener"),
        help_text=_("Alleen als u deze persoon inleent. Acht cijfers."),
        required=False,
        widget=_text(inputmode="numeric", maxlength="8"),
    )
    code = forms.CharField(
        label=_("Code van de kandidaat"),
        help_text=_("Als u die heeft gekregen. Dan gaat deze vraag niet van uw aantal af."),
        required=False,
        widget=_text(maxlength="12"),
    )
    verklaring = forms.BooleanField(
        label=_("Ik verklaar dat ik deze persoon wil aannemen of inleen"),
        help_text=_("Nodig als deze persoon niet op uw loonlijst staat. Uw vraag is te zien voor deze persoon."),
        required=False,
    )

    def clean_bsn(self) -> str:
        """Nine digits, however they were spaced."""
        bsn = re.sub(r"[ .-]", "", self.cleaned_data["bsn"])
        if not is_valid(bsn):
            raise forms.ValidationError(_("Dit is geen BSN. Kijk het nummer na."), code="elfproef")
        return bsn

    def clean(self) -> dict[str, Any]:
        """What belongs together."""
        data = super().clean() or {}
        soort, uitlener = data.get("soort"), data.get("uitlener", "")
        if soort == Raadpleegsoort.INGELEEND and not _KVK.fullmatch(uitlener):
            self.add_error("uitlener", _("Vul het KvK-nummer van de uitlener in: acht cijfers."))
        if soort in (Raadpleegsoort.VERWACHT, Raadpleegsoort.INGELEEND) and not data.get("verklaring"):
            self.add_error("verklaring", _("Vink dit aan. Zonder die verklaring mag u niet vragen."))
        if soort != Raadpleegsoort.INGELEEND:
            data["uitlener"] = ""
        return data

    @property
    def has_elfproef_fout(self) -> bool:
        """Whether the number cannot be a BSN; it is counted."""
        return self.has_error("bsn", code="elfproef")


class LijstForm(Form):
    """Which list of own staff."""

    nummer = forms.TypedChoiceField(label=_("Loonheffingennummer"), coerce=int, widget=Select)
    dag = DateField(label=_("Over welke dag wilt u het weten?"), error_messages=_FILL_IN)
    volgorde = forms.ChoiceField(
        label=_("Volgorde"),
        choices=[("bsn", _("Op BSN")), ("vanaf", _("Op begin van de periode"))],
        required=False,
        widget=Select,
    )

    def __init__(self, *args: Any, nummers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["nummer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = nummers


class MandaatForm(Form):
    """Which office may act for the employer, and when."""

    kvk = forms.CharField(
        label=_("KvK-nummer van het administratiekantoor"),
        widget=_text(inputmode="numeric", maxlength="8"),
        error_messages=_FILL_IN,
    )
    vanaf = DateField(label=_("Vanaf"), error_messages=_FILL_IN)
    tot = DateField(
        label=_("Tot (mag leeg blijven)"), help_text=_("Eerste dag waarop het niet meer geldt."), required=False
    )

    def clean_kvk(self) -> str:
        """Eight digits."""
        kvk: str = self.cleaned_data["kvk"].replace(" ", "")
        if not _KVK.fullmatch(kvk):
            raise forms.ValidationError(_("Een KvK-nummer heeft acht cijfers."))
        return kvk


class SleutelForm(Form):
    """What the key is for."""

    naam = forms.CharField(
        label=_("Naam van het programma"),
        help_text=_("Bijvoorbeeld: salarispakket. Zet hier geen namen van mensen."),
        max_length=60,
        widget=_text(),
        error_messages=_FILL_IN,
    )


class BezwaarForm(Form):
    """Why the employer objects."""

    toelichting = forms.CharField(
        label=_("Waarom maakt u bezwaar?"),
        help_text=_("Leg uit waarom u naar deze mensen vroeg. Noem geen namen en geen BSN."),
        max_length=2000,
        error_messages={"required": _("Schrijf op waarom.")},
        widget=Textarea,
    )
