"""The ten small steps of a klantprofiel as forms, for the person alone or together with a bemiddelaar.

Each form is made from the record as it is, and says what changes in it. Leaving something empty is 'I do not know';
what a form does not ask (codes that came with an import) stays as it was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from banenafspraak.bemiddeling import profielcontrole, werksoorten
from banenafspraak.bemiddeling.profielrecord import (
    RIJBEWIJZEN,
    Contact,
    Cursus,
    Dag,
    EisAanWerk,
    Opleiding,
    ProfielRecord,
    Stap,
    Taalbeheersing,
    Werkervaring,
)
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN, WERKVELDEN
from banenafspraak.web.components.formulier import (
    DateField,
    Form,
    NumberInput,
    RadioSelect,
    Select,
    Textarea,
    TextInput,
)
from banenafspraak.web.profielwoorden import (
    DAGEN,
    NEDERLANDS,
    NIVEAUS,
    OVEREENKOMSTEN,
    TAALNIVEAUS,
    TALEN,
    VERVOER,
    name_of_work,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_JA_NEE = (("ja", _("Ja")), ("nee", _("Nee")))
_JA_NEE_ONBEKEND = (*_JA_NEE, ("", _("Weet ik niet")))
_ONE_A_LINE = _("Eén per regel.")
_NUMBER = _("Vul een getal in, zoals 24.")


def _number(label: "_StrPromise", hint: "_StrPromise | str" = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=hint, required=False, widget=NumberInput(), error_messages={"invalid": _NUMBER}
    )


def _yes_no(label: "_StrPromise", hint: "_StrPromise | str" = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=hint, required=False, choices=_JA_NEE_ONBEKEND, widget=RadioSelect, initial=""
    )


def _many(label: "_StrPromise", choices: Iterable[tuple[Any, Any]], hint: "_StrPromise | str" = "") -> Any:
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        required=False,
        choices=list(choices),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Kies uit de lijst.")},
    )


def _lines(label: "_StrPromise", hint: "_StrPromise" = _ONE_A_LINE) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=5_000, widget=Textarea({"rows": 4}))


def _from_yes_no(text: str) -> bool | None:
    return {"ja": True, "nee": False}.get(text)


def _to_yes_no(value: bool | None) -> str:
    return {True: "ja", False: "nee", None: ""}[value]


def _split(text: str) -> tuple[str, ...]:
    """The lines without blanks around, each once, in their order."""
    return tuple(dict.fromkeys(line for raw in text.splitlines() if (line := " ".join(raw.split()))))


class StapForm(Form):
    """One step. `places` says beside which field a fault of the domain is shown that has another name there.

    Each step gives `shown` and `answers` itself; a form cannot be an abstract class, for Django has its own metaclass.
    """

    places: Mapping[str, str] = {}

    def __init__(self, data: Any, *, record: ProfielRecord) -> None:
        super().__init__(data, initial=self.shown(record))
        self.record = record

    def shown(self, record: ProfielRecord) -> dict[str, Any]:
        """The record as the fields of this form."""
        raise NotImplementedError

    def answers(self) -> dict[str, Any]:
        """The fields of the record as they become, out of a valid form."""
        raise NotImplementedError


class WerkForm(StapForm):
    """What work: searched in words, chosen with ticks. Searching keeps what was ticked."""

    zoek = forms.CharField(
        label=_("Zoek werk"),
        help_text=_("Bijvoorbeeld: tuin, winkel, schoonmaken. Druk daarna op 'Zoeken'."),
        required=False,
        max_length=100,
        widget=TextInput({"autocomplete": "off"}),
    )
    werkveld = forms.ChoiceField(
        label=_("Of kijk in een groep"),
        required=False,
        choices=[("", _("Kies een groep")), *WERKVELDEN.items()],
        widget=Select,
    )
    werksoorten = _many(_("Dit wil ik doen"), (), _("U mag er meer kiezen, hoogstens 10."))
    interesses = _lines(
        _("Wat vindt u leuk om te doen? (mag leeg blijven)"), _("Eén per regel. Bijvoorbeeld: buiten zijn")
    )

    def __init__(self, data: Any, *, record: ProfielRecord) -> None:
        super().__init__(data, record=record)
        ticked = data.getlist("werksoorten") if data is not None else list(record.werksoorten)
        looked = data if data is not None else {}
        found = [one.code for one in werksoorten.search(looked.get("zoek", ""), 12)] if looked.get("zoek") else []
        found += [one.code for one in WERKSOORTEN.values() if one.werkveld == looked.get("werkveld")]
        self.searched = bool(looked.get("zoek") or looked.get("werkveld"))
        self.found_nothing = self.searched and not found
        codes = dict.fromkeys(code for code in (*ticked, *found) if code in WERKSOORTEN)
        field = self.fields["werksoorten"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, WERKSOORTEN[code].naam) for code in codes]

    def shown(self, record: ProfielRecord) -> dict[str, Any]:
        """As the base class says."""
        return {"werksoorten": list(record.werksoorten), "interesses": "\n".join(record.interesses)}

    def answers(self) -> dict[str, Any]:
        """As the base class says."""
        data = self.cleaned_data
        return {"werksoorten": tuple(data["werksoorten"]), "interesses": _split(data["interesses"])}


class BeschikbaarForm(StapForm):
    """Whether somebody looks for work now, from when, and under which kind of agreement."""

    places = {
        "datum_aanvang_beschikbaar_voor_werk": "vanaf",
        "datum_einde_beschikbaar_voor_werk": "tot_en_met",
        "typen_overeenkomst": "overeenkomst",
    }

    beschikbaar = _yes_no(
        _("Zoekt u nu werk, of wilt u binnenkort beginnen?"),
        _("Dit antwoord geldt 60 dagen. Daarna vragen wij het opnieuw."),
    )
    vanaf = DateField(label=_("Vanaf welke dag kunt u werken? (leeg is: meteen)"), required=False)
    tot_en_met = DateField(label=_("Is er een laatste dag? (mag leeg blijven)"), required=False)
    overeenkomst = _many(_("Wat voor werkplek zoekt u?"), OVEREENKOMSTEN.items())

    def shown(self, record: ProfielRecord) -> dict[str, Any]:
        """As the base class says."""
        days = record.datum_aanvang_beschikbaar_voor_werk, record.datum_einde_beschikbaar_voor_werk
        return {
            "beschikbaar": _to_yes_no(record.beschikbaar),
            "vanaf": _shown_day(days[0]),
            "tot_en_met": _shown_day(days[1]),
            "overeenkomst": list(record.typen_overeenkomst),
        }

    def answers(self) -> dict[str, Any]:
        """As the base class says."""
        data = self.cleaned_data
        return {
            "beschikbaar": _from_yes_no(data["beschikbaar"]),
            "datum_aanvang_beschikbaar_voor_werk": data["vanaf"],
            "datum_einde_beschikbaar_voor_werk": data["tot_en_met"],
            "typen_overeenkomst": tuple(data["overeenkomst"]),
        }


def _shown_day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


class UrenForm(StapForm):
    """How many hours, on which days, at which times."""

    places = {
        "aantal_werkuren_per_week_minimaal": "minst",
        "aantal_werkuren_per_week_maximaal": "meest",
        "werkdagen": "dagen",
    }

    minst = _number(_("Hoeveel uur per week wilt u minstens werken?"))
    meest = _number(_("Hoeveel uur per week wilt u hoogstens werken?"))
    dagen = _many(_("Op welke dagen kunt u werken?"), [(int(dag), naam) for dag, naam in DAGEN.items()])
    overdag = _yes_no(_("Wilt u alleen overdag werken?"))
    onregelmatig = _yes_no(_("Wilt u ook op wisselende tijden werken, zoals 's avonds of in ploegen?"))

    def shown(self, record: ProfielRecord) -> dict[str, Any]:
        """As the base class says."""
        days = record.werkdagen
        return {
            "minst": record.aantal_werkuren_per_week_minimaal,
            "meest": record.aantal_werkuren_per_week_maximaal,
            "dagen": [] if days is None else [str(int(dag)) for dag in DAGEN if dag in days],
            "overdag": _to_yes_no(record.indicatie_kantoortijden),
            "onregelmatig": _to_yes_no(record.indicatie_onregelmatig_werk_of_ploegendienst),
        }

    def answers(self) -> dict[str, Any]:
        """As the base class says."""
        data = self.cleaned_data
        days = sum(int(dag) for dag in data["dagen"])
        return {
            "aantal_werkuren_per_week_minimaal": data["minst"],
            "aantal_werkuren_per_week_maximaal": data["meest"],
            "werkdagen": Dag(days) if days else None,
            "indicatie_kantoortijden": _from_yes_no(data["overdag"]),
            "indicatie_onregelmatig_werk_of_ploegendienst": _from_yes_no(data["onregelmatig"]),
        }


class ReizenForm(StapForm):
    """From where, how far and how."""

    bemiddelingspostcode = forms.CharField(
        label=_("Wat is uw postcode?"),
        help_text=_("Zoals 1211 AB. Werkgevers zien uw postcode niet, alleen in welke regio u woont."),
        required=False,
        max_length=20,
        widget=TextInput({"autocomplete": "postal-code"}),
    )
    maximale_reisafstand = _number(_("Hoeveel kilometer wilt u hoogstens reizen?"), _("Enkele reis."))
    maximale_reistijd = _number(_("Hoeveel minuten wilt u hoogstens reizen?"), _("Enkele reis, van deur tot deur."))
    vervoermiddelen = _many(_("Hoe kunt u reizen?"), VERVOER.items())

    def shown(self, record: ProfielRecord) -> dict[str, Any]:
        """As the base class says."""
        return {
            "bemiddelingspostcode": record.bemiddelingspostcode,
            "maximale_reisafstand": record.maximale_reisafstand,
            "maximale_reistijd": record.maximale_reistijd,
            "vervoermiddelen": [str(code) for code in record.vervoermiddelen],
        }

    def answers(self) -> dict[str, Any]:
        """As the base class says."""
        data = self.cleaned_data
        return {
            "bemiddelingspostcode": profielcontrole.postcode(data["bemiddelingspostcode"]),
            "maximale_reisafstand": data["maximale_reisafstand"],
            "maximale_reistijd": data["maximale_reistijd"],
            "vervoermiddelen": tuple(sorted(int(code) for code in data["vervoermiddelen"])),
        }


class OpleidingForm(StapForm):
    """The level somebody works and thinks at, and the names of schools' courses in own words."""

    places = {"code_werk_en_denkniveau": "niveau"}

    niveau = forms.ChoiceField(
        label=_("Wat is de hoogste opleiding die bij u past?"),
        help_text=_("U hoeft geen diploma te hebben."),
        required=False,
        choices=[*NIVEAUS.items(), ("", _("Weet ik niet"))],
        widget=RadioSelect,
    )
    opleidingen = _lines(_("Welke opleidingen hebt u gedaan? (mag leeg blijven)"))
    cursussen = _lines(_("Welke cursussen hebt u gedaan? (mag leeg blijven)"))

    def shown(self, record: ProfielRecord) -> dict[str, Any]:
        """As the base class says."""
        return {
            "niveau": str(record.code_werk_en_denkniveau or ""),
            "opleidingen": "\n".join(one.naam_opleiding for one in record.opleidingen or () if one.naam_opleiding),
            "cursussen": "\n".join(one.naam_cursus for one in record.cursussen),
        }

    def answers(self) -> dict[str, Any]:
        """As the base class says."""
        data = self.cleaned_data
        known = {one.naam_opleiding: one for one in self.record.opleidingen or () if one.naam_opleiding}
        coded = tuple(one for one in self.record.opleidingen or () if not one.naam_opleiding)
        courses = {one.naam_cursus: one for one in self.record.cursussen}
        told = tuple(known.get(line, Opleiding(naam_opleiding=line)) for line in _split(data["opleidingen"]))
        return {
            "code_werk_en_denkniveau": int(data["niveau"]) if data["niveau"] else None,
            "opleidingen": (*coded, *told) or (None if self.record.opleidingen is None else ()),
            "cursussen": tuple(courses.get(line, Cursus(line)) for line in _split(data["cursussen"])),
        }


class ErvaringForm(StapForm):
    """Whether somebody worked before, and as what."""

    places = {"werkervaringen": "werk"}

    gewerkt = _yes_no(_("Hebt u eerder gewerkt?"), _("Ook stage en vrijwilligerswerk tellen mee."))
    werk = _lines(_("Welk werk deed u?"), _("Eén per regel. Bijvoorbeeld: keukenhulp"))

    def shown(self, record: ProfielRecord) -> dict[str, Any]:
        """As the base class says."""
        did = record.werkervaringen
        return {
            "gewerkt": "" if did is None else "ja" if did else "nee",
            "werk": "\n".join(filter(None, (name_of_work(one.naam_beroep, one.werksoort) for one in did or ()))),
        }

    def clean(self) -> dict[str, Any]:
        """A list of work without having worked is a contradiction."""
        data = super().clean() or {}
        if data.get("gewerkt") == "nee" and data.get("werk"):
            self.add_error("gewerkt", _("U noemt werk, maar u koos 'Nee'. Kies 'Ja' of maak de lijst leeg."))
        return data

    def answers(self) -> dict[str, Any]:
        """As the base class says."""
        data = self.cleaned_data
        did = self.record.werkervaringen or ()
        known = {name_of_work(one.naam_beroep, one.werksoort): one for one in did}
        told = tuple(known.get(line) or _job(line) for line in _split(data["werk"]))
        unnamed = tuple(one for one in did if not name_of_work(one.naam_beroep, one.werksoort))
        if data["gewerkt"] == "nee":
            return {"werkervaringen": ()}
        if not told and not unnamed:
            # Somebody who says yes and names nothing did work all the same.
            return {"werkervaringen": (Werkervaring(),) if data["gewerkt"] == "ja" else None}
        return {"werkervaringen": (*told, *unnamed)}


def _job(line: str) -> Werkervaring:
    kind = werksoorten.of_text(line)
    return Werkervaring(werksoort=kind.code if kind else "", naam_beroep=line)


class TaalForm(StapForm):
    """How well somebody speaks and writes Dutch, and which other languages."""

    places = {"taalbeheersing": "talen"}
    _levels = [*TAALNIVEAUS.items(), ("", _("Weet ik niet"))]

    spreken = forms.ChoiceField(
        label=_("Hoe goed spreekt u Nederlands?"), required=False, choices=_levels, widget=RadioSelect
    )
    schrijven = forms.ChoiceField(
        label=_("Hoe goed schrijft u Nederlands?"), required=False, choices=_levels, widget=RadioSelect
    )
    talen = _many(_("Welke andere talen kent u?"), TALEN.items())

    def shown(self, record: ProfielRecord) -> dict[str, Any]:
        """As the base class says."""
        known = {one.code_taal: one for one in record.taalbeheersing}
        dutch = known.get(NEDERLANDS, Taalbeheersing(NEDERLANDS))
        return {
            "spreken": str(dutch.mondeling or ""),
            "schrijven": str(dutch.schriftelijk or ""),
            "talen": [code for code in known if code in TALEN],
        }

    def answers(self) -> dict[str, Any]:
        """As the base class says."""
        data = self.cleaned_data
        known = {one.code_taal: one for one in self.record.taalbeheersing}
        rare = tuple(one for code, one in known.items() if code not in TALEN and code != NEDERLANDS)
        dutch = replace(
            known.get(NEDERLANDS, Taalbeheersing(NEDERLANDS)),
            mondeling=int(data["spreken"]) if data["spreken"] else None,
            schriftelijk=int(data["schrijven"]) if data["schrijven"] else None,
        )
        others = tuple(known.get(code, Taalbeheersing(code)) for code in data["talen"])
        first = () if dutch == Taalbeheersing(NEDERLANDS) else (dutch,)
        return {"taalbeheersing": (*first, *others, *rare)}


class RijbewijsForm(StapForm):
    """Which driving licences."""

    places = {"rijbewijzen": "soorten"}
    _names: Mapping[str, Promise] = {
        "AM": _("AM: brommer of scooter"),
        "B": _("B: auto"),
        "BE": _("BE: auto met aanhanger"),
        "A": _("A: motor"),
        "C": _("C: vrachtwagen"),
        "D": _("D: bus"),
        "T": _("T: trekker"),
    }

    heeft = _yes_no(_("Hebt u een rijbewijs?"))
    soorten = _many(_("Welke?"), ())

    def __init__(self, data: Any, *, record: ProfielRecord) -> None:
        super().__init__(data, record=record)
        rare = [code for code in RIJBEWIJZEN if code in (record.rijbewijzen or ()) and code not in self._names]
        field = self.fields["soorten"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [*self._names.items(), *((code, code) for code in rare)]

    def shown(self, record: ProfielRecord) -> dict[str, Any]:
        """As the base class says."""
        has = record.rijbewijzen
        return {"heeft": "" if has is None else "ja" if has else "nee", "soorten": list(has or ())}

    def clean(self) -> dict[str, Any]:
        """A licence without having one is a contradiction, and so is having one of no kind."""
        data = super().clean() or {}
        if data.get("heeft") == "nee" and data.get("soorten"):
            self.add_error("heeft", _("U kiest een rijbewijs, maar u koos 'Nee'."))
        if data.get("heeft") == "ja" and not data.get("soorten"):
            self.add_error("soorten", _("Kies welk rijbewijs u hebt."))
        return data

    def answers(self) -> dict[str, Any]:
        """As the base class says."""
        data = self.cleaned_data
        if not data["heeft"] and not data["soorten"]:
            return {"rijbewijzen": None}
        return {"rijbewijzen": tuple(data["soorten"])}


class NodigForm(StapForm):
    """What somebody needs at work: sealed, and shown to nobody without a yes for it."""

    places = {"eis_aan_werk": "toelichting"}

    aanpassing = _yes_no(_("Moet de werkplek worden aangepast?"))
    begeleiding = _yes_no(_("Hebt u begeleiding nodig, zoals een jobcoach?"))
    afwisseling = _yes_no(_("Hebt u afwisseling in het werk nodig?"))
    toelichting = forms.CharField(
        label=_("Wilt u er iets bij vertellen? (mag leeg blijven)"),
        help_text=_("U hoeft niet te vertellen welke ziekte of beperking u hebt."),
        required=False,
        widget=Textarea(),
    )

    def shown(self, record: ProfielRecord) -> dict[str, Any]:
        """As the base class says."""
        eis = record.eis_aan_werk
        return {
            "aanpassing": _to_yes_no(eis.indicatie_aanpassing_werkomgeving),
            "begeleiding": _to_yes_no(eis.indicatie_begeleiding),
            "afwisseling": _to_yes_no(eis.indicatie_werkvariatie),
            "toelichting": eis.toelichting,
        }

    def answers(self) -> dict[str, Any]:
        """As the base class says."""
        data = self.cleaned_data
        needs = [_from_yes_no(data[name]) for name in ("aanpassing", "begeleiding", "afwisseling")]
        return {"eis_aan_werk": EisAanWerk(needs[0], needs[1], needs[2], data["toelichting"])}


class OverUForm(StapForm):
    """In own words, and how to reach somebody; sealed."""

    places = {"contact": "emailadres"}

    naam = forms.CharField(
        label=_("Uw naam"), required=False, max_length=120, widget=TextInput({"autocomplete": "name"})
    )
    emailadres = forms.CharField(
        label=_("Uw e-mailadres"),
        required=False,
        max_length=320,
        widget=TextInput({"autocomplete": "email", "inputmode": "email"}),
    )
    telefoonnummer = forms.CharField(
        label=_("Uw telefoonnummer"),
        required=False,
        max_length=30,
        widget=TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )
    persoonlijke_presentatie = forms.CharField(
        label=_("Vertel iets over uzelf (mag leeg blijven)"),
        help_text=_("Waar bent u goed in? Schrijf niets over uw gezondheid. Hoogstens 2000 tekens."),
        required=False,
        widget=Textarea(),
    )

    def shown(self, record: ProfielRecord) -> dict[str, Any]:
        """As the base class says."""
        contact = record.contact
        return {
            "naam": contact.naam,
            "emailadres": contact.emailadres,
            "telefoonnummer": contact.telefoonnummer,
            "persoonlijke_presentatie": record.persoonlijke_presentatie,
        }

    def answers(self) -> dict[str, Any]:
        """As the base class says."""
        data = self.cleaned_data
        telefoon = profielcontrole.telefoonnummer(data["telefoonnummer"])
        return {
            "contact": Contact(naam=data["naam"], emailadres=data["emailadres"], telefoonnummer=telefoon),
            "persoonlijke_presentatie": data["persoonlijke_presentatie"],
        }


FORMS: Mapping[Stap, type[StapForm]] = {
    Stap.WERK: WerkForm,
    Stap.BESCHIKBAAR: BeschikbaarForm,
    Stap.UREN: UrenForm,
    Stap.REIZEN: ReizenForm,
    Stap.OPLEIDING: OpleidingForm,
    Stap.ERVARING: ErvaringForm,
    Stap.TAAL: TaalForm,
    Stap.RIJBEWIJS: RijbewijsForm,
    Stap.NODIG: NodigForm,
    Stap.OVER_U: OverUForm,
}
"""The form of each step, in the order in which they are asked."""
