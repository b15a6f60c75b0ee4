"""What a gemeente fills in: an application for an inhabitant, the decision on beschut werk, a loonwaarde."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banenafspraak.access.bsn import Bsn, BsnError
from banenafspraak.register.aanvragen import Aanvraagsoort
from banenafspraak.web.components.formulier import (
    DateField,
    Form,
    NumberInput,
    RadioSelect,
    Select,
    Textarea,
    TextInput,
)
from banenafspraak.wet.loonwaarde import LoonwaardeFeiten, Taak

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_REQUIRED = _("Vul dit in.")
_CHOOSE = _("Kies een van de antwoorden.")
_JA_NEE = (("ja", _("Ja")), ("nee", _("Nee")))
TAKEN = 5
"""How many hoofdtaken the form has room for: as many as the report (Besluit loonkostensubsidie)."""


class BsnField(forms.CharField):
    """A BSN; `clean` gives a `Bsn`, and no message repeats what was typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Burgerservicenummer (BSN)"))
        kwargs.setdefault("help_text", _("9 cijfers. Staat op het identiteitsbewijs van de persoon."))
        widget = TextInput({"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"})
        super().__init__(max_length=30, widget=widget, error_messages={"required": _REQUIRED}, **kwargs)

    def clean(self, value: Any) -> Any:
        """The BSN, spaces and dots left out. A refusal says what to look at."""
        text = super().clean(value)
        digits = "".join(c for c in text if c not in " .-")
        try:
            return Bsn.parse(digits)
        except BsnError:
            raise forms.ValidationError(
                _("Dit is geen geldig BSN. Kijk de 9 cijfers na: er is misschien een cijfer verwisseld."), code="bsn"
            ) from None


def _yes_no(label: _StrPromise, hint: _StrPromise | str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        choices=_JA_NEE,
        coerce=lambda code: code == "ja",
        widget=RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )


def _line(label: _StrPromise, hint: _StrPromise | str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=200,
        widget=TextInput({"autocomplete": "off"}),
        error_messages={"required": _REQUIRED},
    )


class InwonerForm(Form):
    """An application for an inhabitant. UWV assesses exactly what the gemeente asks (Besluit SUWI 3.5 lid 1)."""

    bsn = BsnField()
    geboortedatum = DateField(label=_("Geboortedatum"), error_messages={"required": _REQUIRED})
    naam = _line(_("Naam"))
    adres = _line(_("Straat en huisnummer"))
    postcode = _line(_("Postcode"))
    plaats = _line(_("Plaats"))
    soort = forms.ChoiceField(
        label=_("Wat vraagt u aan?"),
        help_text=_(
            "UWV beoordeelt precies wat u vraagt. Alleen bij een aanvraag van de persoon zelf mag UWV wisselen."
        ),
        choices=(
            (Aanvraagsoort.BANENAFSPRAAK, _("Indicatie banenafspraak")),
            (Aanvraagsoort.BESCHUT_WERK, _("Advies beschut werk")),
            (Aanvraagsoort.WERKEN_MET_VOORZIENING, _("Werken met een voorziening")),
        ),
        widget=RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    reden = forms.CharField(
        label=_("Waarom vraagt u dit aan? (mag leeg blijven)"),
        help_text=_(
            "Schrijf hier niets over gezondheid. Stuur medische stukken alleen mee als de persoon dat goed vindt."
        ),
        required=False,
        max_length=3900,
        widget=Textarea(),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_geboortedatum(self) -> date:
        """A day in the past."""
        day: date = self.cleaned_data["geboortedatum"]
        if day > self._today:
            raise forms.ValidationError(_("Deze datum ligt in de toekomst. Kijk de geboortedatum na."))
        return day


class ListForm(Form):
    """Which applications to show; sent with GET, so the choice stands in the address."""

    status = forms.ChoiceField(
        label=_("Welke aanvragen?"),
        required=False,
        choices=(
            ("", _("Alle")),
            ("lopend", _("Lopend")),
            ("beslist", _("Beslist")),
            ("concept", _("Nog niet verstuurd")),
        ),
        widget=Select,
    )


class CollegebesluitForm(Form):
    """What the college decided on beschut werk (Participatiewet 10b)."""

    vastgesteld = _yes_no(
        _("Stelt het college vast dat de persoon alleen beschut kan werken?"),
        _("Bij 'Ja' eindigt een registratie in het doelgroepregister op de dag na het besluit."),
    )
    besloten_op = DateField(label=_("Datum van het besluit"), error_messages={"required": _REQUIRED})


class PlaatsingForm(Form):
    """Since when somebody works in a sheltered place."""

    vanaf = DateField(label=_("Eerste werkdag"), error_messages={"required": _REQUIRED})


class BerekeningForm(Form):
    """A loonwaarde as the college established it on the job (Praktijkroute)."""

    bsn = BsnField()
    geboortedatum = DateField(label=_("Geboortedatum"), error_messages={"required": _REQUIRED})
    kenmerk = forms.CharField(
        label=_("Uw kenmerk"),
        help_text=_("Het nummer van dit rapport bij uw gemeente. Zet hier geen BSN en geen naam in."),
        max_length=40,
        widget=TextInput({"autocomplete": "off"}),
        error_messages={"required": _REQUIRED},
    )
    vastgesteld_op = DateField(
        label=_("Dag waarop de loonwaarde is vastgesteld"), error_messages={"required": _REQUIRED}
    )
    ondersteuning = _yes_no(
        _("Ondersteunt het college de persoon naar werk?"), _("Artikel 7 lid 1 onderdeel a van de Participatiewet.")
    )
    lks = _yes_no(
        _("Krijgt de werkgever loonkostensubsidie voor iemand die al bij hem werkte?"),
        _("Artikel 10d lid 2 van de Participatiewet."),
    )
    soort = forms.ChoiceField(
        label=_("Hoe is de loonwaarde bepaald?"),
        choices=(
            ("taken", _("Gemeten op de werkplek; vul hieronder de taken in")),
            ("regulier", _("De persoon levert een gewone prestatie (100%)")),
            ("forfaitair", _("Nog niet gemeten: alleen forfaitaire loonkostensubsidie (50%)")),
        ),
        widget=RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    uren_per_week = forms.DecimalField(
        label=_("Uren per week (mag leeg blijven)"),
        required=False,
        min_value=1,
        max_value=60,
        localize=True,
        widget=NumberInput,
        error_messages={"invalid": _("Vul een getal in, zoals 24 of 25,5.")},
    )
    werkdagen_per_week = forms.DecimalField(
        label=_("Werkdagen per week (mag leeg blijven)"),
        required=False,
        min_value=1,
        max_value=7,
        localize=True,
        widget=NumberInput,
        error_messages={"invalid": _("Vul een getal in, zoals 3 of 4,5.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "tijdaandeel": _("Deel van de werktijd (%)"),
            "tempo": _("Tempo (%)"),
            "kwaliteit": _("Kwaliteit (%)"),
            "netto_werktijd": _("Netto werktijd (%)"),
        }
        for number in range(1, TAKEN + 1):
            for naam, label in labels.items():
                self.fields[f"taak{number}_{naam}"] = forms.DecimalField(
                    label=label,
                    required=False,
                    min_value=0,
                    max_value=100 if naam == "tijdaandeel" else 200,
                    localize=True,
                    widget=NumberInput,
                    error_messages={"invalid": _("Vul een getal in, zoals 80 of 72,5.")},
                )

    def taken(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The fields of each taak, by number."""
        names = ("tijdaandeel", "tempo", "kwaliteit", "netto_werktijd")
        return [(n, [self[f"taak{n}_{naam}"] for naam in names]) for n in range(1, TAKEN + 1)]

    def clean(self) -> dict[str, Any]:
        """A taak is whole or left out; there is one when the work was measured."""
        cleaned = super().clean() or {}
        for number, fields in self.taken():
            given = [field for field in fields if cleaned.get(field.name) is not None]
            if given and len(given) < len(fields):
                for field in fields:
                    if cleaned.get(field.name) is None and field.name not in self.errors:
                        text = _("Taak %(nummer)d: vul ook '%(veld)s' in.") % {"nummer": number, "veld": field.label}
                        self.add_error(field.name, text)
        if cleaned.get("soort") == "taken" and cleaned.get("taak1_tijdaandeel") is None and not self.errors:
            self.add_error("taak1_tijdaandeel", _("Vul ten minste één taak in."))
        return cleaned

    def feiten(self) -> LoonwaardeFeiten:
        """The facts for `wet.loonwaarde`. Only after `is_valid`."""
        cleaned, soort = self.cleaned_data, self.cleaned_data["soort"]
        taken = tuple(
            Taak(
                tijdaandeel=Decimal(cleaned[f"taak{number}_tijdaandeel"]),
                tempo=Decimal(cleaned[f"taak{number}_tempo"]),
                kwaliteit=Decimal(cleaned[f"taak{number}_kwaliteit"]),
                netto_werktijd=Decimal(cleaned[f"taak{number}_netto_werktijd"]),
            )
            for number in range(1, TAKEN + 1)
            if cleaned.get(f"taak{number}_tijdaandeel") is not None
        )
        return LoonwaardeFeiten(
            vastgesteld_op=cleaned["vastgesteld_op"],
            reguliere_prestatie=soort == "regulier",
            forfaitair=soort == "forfaitair",
            taken=taken if soort == "taken" else None,
            uren_per_week=cleaned.get("uren_per_week"),
            werkdagen_per_week=cleaned.get("werkdagen_per_week"),
            ondersteuning_pwet_7_1_a=cleaned["ondersteuning"],
            loonkostensubsidie_pwet_10d_2=cleaned["lks"],
        )
