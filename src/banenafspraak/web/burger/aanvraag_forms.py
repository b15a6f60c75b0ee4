"""The steps of the application as a citizen fills it in: one subject a page, in own words where that can be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from banenafspraak.register.aanvragen import Aanvraagsoort
from banenafspraak.web.aanvragen import gemeente_choices
from banenafspraak.web.components.formulier import DateField, Form, RadioSelect, Select, Textarea, TextInput

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# What is kept of one text box; the domain refuses 4,000 and more.
MAX_TEXT = 3900
_REQUIRED = _("Vul dit in.")
_CHOOSE = _("Kies een van de antwoorden.")
_JA_NEE = (("ja", _("Ja")), ("nee", _("Nee")))


def _line(label: _StrPromise, *, required: bool = True, hint: _StrPromise | str = "", **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        max_length=200,
        widget=TextInput(attrs),
        error_messages={"required": _REQUIRED},
    )


def _story(label: _StrPromise, hint: _StrPromise | str = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, help_text=hint, max_length=MAX_TEXT, widget=Textarea())


def _choice(label: _StrPromise, choices: Any, hint: _StrPromise | str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=hint,
        widget=RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )


class StapForm(Form):
    """One step of the application, as it is filled in on this day."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today


class PersoonForm(StapForm):
    """Who asks, and where a letter may go."""

    naam = _line(_("Uw naam"), autocomplete="name")
    geboortedatum = DateField(label=_("Uw geboortedatum"), autocomplete="bday", error_messages={"required": _REQUIRED})
    adres = _line(_("Straat en huisnummer"), autocomplete="street-address")
    postcode = _line(_("Postcode"), autocomplete="postal-code")
    plaats = _line(_("Plaats"), autocomplete="address-level2")
    woongemeente = forms.ChoiceField(
        label=_("Gemeente waar u woont"),
        required=False,
        help_text=_("Woont u niet in Nederland? Laat dit leeg en kruis het vakje hieronder aan."),
        widget=Select,
    )
    buitenland = forms.BooleanField(label=_("Ik woon niet in Nederland"), required=False)
    telefoon = _line(
        _("Telefoonnummer (mag leeg blijven)"),
        required=False,
        hint=_("Wij bellen alleen als wij een vraag hebben."),
        autocomplete="tel",
        inputmode="tel",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gemeente = self.fields["woongemeente"]
        assert isinstance(gemeente, forms.ChoiceField)
        gemeente.choices = gemeente_choices(self._today)

    def clean_geboortedatum(self) -> date:
        """A day in the past."""
        day: date = self.cleaned_data["geboortedatum"]
        if day > self._today:
            raise forms.ValidationError(_("Deze datum ligt in de toekomst. Kijk uw geboortedatum na."))
        return day

    def clean(self) -> dict[str, Any]:
        """A gemeente, or abroad."""
        cleaned = super().clean() or {}
        if not cleaned.get("woongemeente") and not cleaned.get("buitenland") and "woongemeente" not in self.errors:
            self.add_error("woongemeente", _("Kies de gemeente waar u woont."))
        return cleaned


class VraagForm(StapForm):
    """What is asked; nobody has to know the difference."""

    soort = _choice(
        _("Wat vraagt u aan?"),
        (
            (Aanvraagsoort.WEET_NIET, _("Dat weet ik niet. UWV kiest wat bij mij past.")),
            (Aanvraagsoort.BANENAFSPRAAK, _("Een plaats in het doelgroepregister (indicatie banenafspraak)")),
            (Aanvraagsoort.SCHOOL, _("Een plaats in het register, met gegevens van mijn school (vso, pro of entree)")),
            (Aanvraagsoort.WAJONG, _("Wajong: ik kan door mijn ziekte of beperking niet werken")),
            (Aanvraagsoort.BESCHUT_WERK, _("Een advies beschut werk: ik heb veel begeleiding nodig")),
            (
                Aanvraagsoort.WERKEN_MET_VOORZIENING,
                _("Ik kan alleen werken met een hulpmiddel, zoals vervoer of een tolk"),
            ),
        ),
        _("Kiest u iets dat niet past? Dat is niet erg. UWV kijkt dan ook naar de andere mogelijkheden."),
    )


class SchoolForm(StapForm):
    """Which school: for vso and pro UWV needs nothing else."""

    onderwijs = _choice(
        _("Ging of gaat u naar een van deze scholen?"),
        (
            ("geen", _("Nee, geen van deze")),
            ("vso", _("Voortgezet speciaal onderwijs (vso)")),
            ("pro", _("Praktijkonderwijs (pro)")),
            ("entree", _("Entreeopleiding (mbo niveau 1)")),
        ),
    )
    school = _line(_("Naam van uw school of opleiding (mag leeg blijven)"), required=False)
    periode = _line(
        _("Van welk jaar tot welk jaar? (mag leeg blijven)"), required=False, hint=_("Bijvoorbeeld: 2019 tot 2024")
    )


class WerkForm(StapForm):
    """Work, now and before."""

    heeft_werk = _choice(_("Hebt u nu werk?"), _JA_NEE)
    werk = _story(
        _("Welk werk doet u, of deed u? (mag leeg blijven)"),
        _("Denk ook aan stage, vrijwilligerswerk en dagbesteding. Schrijf op wat goed ging en wat niet."),
    )


class GezondheidForm(StapForm):
    """What is difficult, in own words. Only the assessor of UWV reads it."""

    wat_is_moeilijk = _story(
        _("Wat lukt niet, of is moeilijk, door uw ziekte of beperking?"),
        _("Bijvoorbeeld: ik word snel moe, ik kan niet lang staan, ik vind drukte moeilijk."),
    )
    wat_lukt = _story(_("Wat lukt wel?"), _("Bijvoorbeeld: ik werk graag met mijn handen, alleen of met één ander."))
    sinds = _line(_("Sinds wanneer is dat zo? (mag leeg blijven)"), required=False)
    hulp = _story(_("Welke hulp of behandeling krijgt u? (mag leeg blijven)"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wat_is_moeilijk"].required = True
        self.fields["wat_is_moeilijk"].error_messages["required"] = _REQUIRED


class AanvullingForm(Form):
    """What the applicant writes with the documents that were asked for."""

    toelichting = _story(_("Wilt u er iets bij schrijven? (mag leeg blijven)"))


STAPPEN: Mapping[str, tuple[Promise, type[StapForm]]] = {
    "persoon": (_("Over u"), PersoonForm),
    "vraag": (_("Wat u vraagt"), VraagForm),
    "school": (_("School"), SchoolForm),
    "werk": (_("Werk"), WerkForm),
    "gezondheid": (_("Wat lukt wel en niet"), GezondheidForm),
}
"""The steps in order; after them come the documents and the summary."""


def steps_for(soort: str | None) -> tuple[str, ...]:
    """The steps this kind needs: who comes from vso or pro is asked nothing about health (Besluit Wfsv 2.24)."""
    if soort == Aanvraagsoort.SCHOOL:
        return ("persoon", "vraag", "school")
    return tuple(STAPPEN)
