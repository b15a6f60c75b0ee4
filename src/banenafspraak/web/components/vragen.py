"""A guided form: one question of the law on a page, with the reason for it, and its answers in plain words.

The questions themselves come from `wet.vragen`: this module only shows them and reads what is answered.
"""

import re
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from banenafspraak.web.components.formulier import DateField, Form, NumberInput, RadioSelect
from banenafspraak.wet.arbeidsvermogen import ArbeidsvermogenFeiten
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.feiten import explanation
from banenafspraak.wet.vragen import Vraag

# The answers of the law in the words of the screen, by fact. Where two facts share a code it may mean another thing.
_ANTWOORDEN: dict[str, dict[str, Promise]] = {
    "aanvrager": {"college": _("De gemeente"), "persoon": _("De persoon zelf")},
    "gevraagd": {
        "wajong": _("Wajong 2015"),
        "banenafspraak": _("Indicatie banenafspraak"),
        "werken_met_voorziening": _("Werken met een voorziening"),
        "beschut_werk": _("Advies beschut werk"),
    },
    "onderwijs": {
        "geen": _("Geen van deze"),
        "vso": _("Voortgezet speciaal onderwijs (vso)"),
        "pro": _("Praktijkonderwijs (pro)"),
        "entree": _("Entreeopleiding (mbo 1)"),
    },
    "drempelfunctie": {
        "geen": _("Niet"),
        "voor_een_deel": _("Alleen een deel ervan"),
        "met_begeleiding": _("Alleen met begeleiding"),
        "met_voorziening": _("Alleen met een voorziening, zoals vervoer of een tolk"),
        "met_aanpassingen": _("Met aanpassingen van het werk"),
        "zelfstandig": _("Zelfstandig"),
    },
    "begeleid_werken": {
        "geen_advies": _("Er is geen advies"),
        "in_staat": _("Kan begeleid werken"),
        "niet_in_staat": _("Kan niet begeleid werken"),
    },
}

# Why the law asks it, for who must answer. A question that explains itself has none.
_WAAROM: dict[str, Promise] = {
    "kan_taak_uitvoeren": _(
        "Een taak is het kleinste deel van een baan, zoals dozen vullen. Wie geen enkele taak kan doen, heeft geen "
        "arbeidsvermogen."
    ),
    "heeft_werknemersvaardigheden": _(
        "Het gaat om afspraken nakomen: op tijd komen, instructies begrijpen en onthouden, en doen wat is gevraagd."
    ),
    "kan_uur_aaneengesloten_werken": _(
        "Een uur zonder dat het werk stil komt te liggen. Een korte pauze van een paar minuten telt niet als "
        "onderbreking."
    ),
    "vier_uur_belastbaar": _("De uren hoeven niet achter elkaar te zijn, wel op één dag."),
    "twee_uur_belastbaar": _("Twee uur is alleen genoeg als de persoon per uur het minimumloon kan verdienen."),
    "duurzaam_geen_arbeidsvermogen": _(
        "Duurzaam betekent: ook met behandeling, training of groei komen er geen mogelijkheden meer bij."
    ),
    "drempelfunctie": _(
        "Een drempelfunctie is een baan die in Nederland bestaat en die zo licht mogelijk is. Wie haar niet kan doen, "
        "verdient het minimumloon niet."
    ),
    "beperkingen_nog_zes_maanden": _("Een beperking die snel over gaat, geeft geen plaats in het register."),
    "schoolgegevens_kloppen": _(
        "Bij vso en praktijkonderwijs controleert u alleen de gegevens van de school. Een medische beoordeling "
        "is niet nodig."
    ),
    "aanpassingen_niet_redelijk": _("Denk aan een werkplek of een werkwijze die geen gewone werkgever kan maken."),
    "toezicht_niet_redelijk": _("Denk aan iemand die er altijd naast staat. Gewone begeleiding telt niet."),
}

_JA_NEE = (("ja", _("Ja")), ("nee", _("Nee")))


def answer_label(naam: str, waarde: object) -> str:
    """One answer in plain words, in the language of the page."""
    if isinstance(waarde, bool):
        return str(dict(_JA_NEE)["ja" if waarde else "nee"])
    if isinstance(waarde, date):
        return f"{waarde:%d-%m-%Y}"
    text = str(getattr(waarde, "value", waarde))
    return str(_ANTWOORDEN.get(naam, {}).get(text, text))


def answer_text(vraag: str, uitkomst: str) -> str:
    """What came out of a step, in Dutch: a code of the law becomes the words that stand beside it in a form."""
    code = uitkomst.removesuffix(".")
    answers = _ANTWOORDEN.get(_fact_of().get(vraag, ""), {})
    with translation.override("nl"):
        return f"{answers[code]}." if code in answers else without_codes(uitkomst)


def without_codes(text: str) -> str:
    """A sentence of the law with names in place of the codes it was written with: `wsw_detachering` is no Dutch."""
    return re.sub(r"\b[a-z]+(?:_[a-z0-9]+)+\b", lambda m: _NAMEN.get(m[0], m[0].replace("_", " ")), text)


@cache
def _fact_of() -> dict[str, str]:
    """The fact behind the text of each question of an assessment."""
    return {explanation(ArbeidsvermogenFeiten, f.name): f.name for f in fields(ArbeidsvermogenFeiten)}


# What a ground or a route of the register is called in a letter, which is in Dutch.
_NAMEN = {
    Grond.PWET_LKS_UWV_LOONWAARDE.value: "de Participatiewet (artikel 38b lid 1 onderdeel a Wfsv)",
    Grond.AMVB_38B_1_D.value: "school of een eerdere regeling (artikel 38b lid 1 onderdeel d Wfsv)",
    Grond.PWET_UWV_WML_EIGEN_VERZOEK.value: "uw eigen aanvraag (artikel 38b lid 1 onderdeel e Wfsv)",
    Grond.OVERGANGSRECHT_38B_1_F.value: "overgangsrecht (artikel 38b lid 1 onderdeel f Wfsv)",
    Grond.WIA_IVA_EXPERIMENT.value: "de WIA (artikel 38b lid 1 onderdeel g Wfsv)",
    Grond.JONGGEHANDICAPT_UWV_OORDEEL.value: "werken met een voorziening (artikel 38b lid 2 Wfsv)",
    Grond.BLIJFGROND_38B_6.value: "een eerdere registratie (artikel 38b lid 6 Wfsv)",
    Grond.WIW_ID.value: "een WIW-baan of ID-baan (artikel 38f lid 5 Wfsv)",
    Route.WSW_BEGELEID_WERKEN.value: "Wsw begeleid werken",
    Route.WSW_DETACHERING.value: "Wsw detachering",
    Route.WSW_WACHTLIJST.value: "Wsw-wachtlijst",
    Route.WAJONG_2015.value: "Wajong 2015",
    Route.NWAJONG_STUDIEREGELING.value: "Wajong, studieregeling",
    Route.NWAJONG_WERKREGELING.value: "Wajong, werkregeling",
}


def reason_of(naam: str) -> str:
    """Why the law asks this; empty when the question explains itself."""
    return str(_WAAROM.get(naam, ""))


class VraagForm(Form):
    """The answer to one question; `cleaned_data["antwoord"]` has the type of the fact (bool, text, date or int)."""

    def __init__(self, *args: Any, vraag: Vraag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vraag = vraag
        self.fields["antwoord"] = _field(vraag)


def _field(vraag: Vraag) -> forms.Field:
    errors = {"required": _("Geef een antwoord."), "invalid_choice": _("Kies een van de antwoorden.")}
    match vraag.soort:
        case "ja_nee":
            return forms.TypedChoiceField(
                label=vraag.tekst,
                choices=_JA_NEE,
                coerce=lambda code: code == "ja",
                widget=RadioSelect,
                error_messages=errors,
            )
        case "keuze":
            choices = [(code, answer_label(vraag.naam, code)) for code in vraag.keuzes]
            return forms.ChoiceField(label=vraag.tekst, choices=choices, widget=RadioSelect, error_messages=errors)
        case "datum":
            return DateField(label=vraag.tekst, error_messages=errors)
        case "getal":
            return forms.IntegerField(
                label=vraag.tekst,
                min_value=0,
                max_value=1000,
                widget=NumberInput,
                error_messages=errors | {"invalid": _("Vul een heel getal in.")},
            )
    raise ValueError(f"unknown kind of question: {vraag.soort}")
