"""The steps in which a vacature is filled in, as forms, for an employer alone and for a bemiddelaar.

Each form is made from the record as it is, and says what changes in it. Leaving something empty is 'not known' or
'nothing asked'; what a form does not ask (codes that came with a file) stays as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banenafspraak.bemiddeling import werksoorten
from banenafspraak.bemiddeling.profielrecord import RIJBEWIJZEN, Contact, Dag, Taalbeheersing
from banenafspraak.bemiddeling.vacaturerecord import (
    MAX_HANDELSNAAM,
    MAX_NAAM,
    MAX_SALARIS,
    MAX_TAAK,
    MAX_TAKEN,
    MAX_TEKST,
    OpleidingEis,
    Taak,
    VacatureRecord,
)
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN, Werksoort
from banenafspraak.web.components.formulier import (
    DateField,
    Form,
    NumberInput,
    RadioSelect,
    Select,
    Textarea,
    TextInput,
)
from banenafspraak.web.profielwoorden import DAGEN, NEDERLANDS, OVEREENKOMSTEN, TAALNIVEAUS
from banenafspraak.web.vacaturewoorden import CONTRACTEN, NIVEAUS, REAGEREN

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WERKLIJST = "werksoorten"
"""The id of the list of kinds of work on the page, which a box with `list` offers while somebody types."""
_JA_NEE = (("ja", _("Ja")), ("nee", _("Nee")), ("", _("Weet ik niet")))
_LEVELS = [("", _("Maakt niet uit")), *((str(int(code)), naam) for code, naam in NIVEAUS.items())]
_MORE_TASKS = 3


def _text(label: "_StrPromise", most: int, hint: "_StrPromise | str" = "", **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=most, widget=TextInput(attrs or None), strip=True
    )


def _long(label: "_StrPromise", most: int, hint: "_StrPromise | str" = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=most, widget=Textarea())


def _number(label: "_StrPromise", hint: "_StrPromise | str" = "") -> forms.IntegerField:
    invalid = {"invalid": _("Vul een heel getal in, zoals 24.")}
    return forms.IntegerField(label=label, help_text=hint, required=False, widget=NumberInput(), error_messages=invalid)


def _yes_no(label: "_StrPromise", hint: "_StrPromise | str" = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=hint, required=False, choices=_JA_NEE, widget=RadioSelect)


def _many(label: "_StrPromise", choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=[(str(code), naam) for code, naam in choices],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Kies uit de lijst.")},
    )


def _from_yes_no(text: str) -> bool | None:
    return {"ja": True, "nee": False}.get(text)


def _to_yes_no(value: bool | None) -> str:
    return {True: "ja", False: "nee", None: ""}[value]


class StapForm(Form):
    """One step. `places` says beside which field a fault of the domain is shown that has another name there."""

    places: Mapping[str, str] = {}

    def __init__(self, data: Any, *, record: VacatureRecord) -> None:
        super().__init__(data, initial=self.shown(record))
        self.record = record

    def shown(self, record: VacatureRecord) -> dict[str, Any]:
        """The record as the fields of this form."""
        raise NotImplementedError

    def changed(self) -> VacatureRecord:
        """The record as it becomes, out of a valid form."""
        raise NotImplementedError


class WerkgeverForm(StapForm):
    """Whose vacature it is: for a bemiddelaar, who places it for an employer."""

    places = {"handelsnaam_organisatie": "naam"}

    kvk = forms.CharField(
        label=_("KvK-nummer van de werkgever"),
        help_text=_("Acht cijfers. Zonder dit nummer kan de vacature niet open."),
        required=False,
        max_length=20,
        widget=TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    naam = _text(_("Naam van de werkgever"), MAX_HANDELSNAAM, _("Leeg: de naam die bij het KvK-nummer hoort."))

    def shown(self, record: VacatureRecord) -> dict[str, Any]:
        """As the base class says."""
        return {"kvk": record.kvk, "naam": record.handelsnaam_organisatie}

    def changed(self) -> VacatureRecord:
        """As the base class says."""
        data = self.cleaned_data
        kvk = "".join(data["kvk"].split()).replace(".", "")
        return replace(self.record, kvk=kvk, handelsnaam_organisatie=data["naam"])


class WerkForm(StapForm):
    """What the work is called, which kind it is, and what happens there."""

    places = {
        "naam_vacature": "naam",
        "omschrijving_vacature": "omschrijving",
        "werksoort": "werk",
        "naam_beroep": "werk",
    }

    naam = _text(_("Hoe heet het werk?"), MAX_NAAM, _("Bijvoorbeeld: hulp in de bakkerij"))
    werk = _text(
        _("Welk soort werk is het?"),
        120,
        _("Typ een woord en kies uit de lijst. Bijvoorbeeld: inpakken"),
        list=WERKLIJST,
        autocomplete="off",
    )
    eigen_woord = forms.BooleanField(label=_("Mijn werk staat niet in de lijst. Gebruik mijn woord."), required=False)
    omschrijving = _long(_("Wat is het werk?"), MAX_TEKST, _("Vertel kort wat iemand doet, met wie en waar."))

    def shown(self, record: VacatureRecord) -> dict[str, Any]:
        """As the base class says."""
        kind = WERKSOORTEN.get(record.werksoort)
        return {
            "naam": record.naam_vacature,
            "werk": kind.naam if kind else record.naam_beroep,
            "eigen_woord": bool(record.naam_beroep and not kind),
            "omschrijving": record.omschrijving_vacature,
        }

    def clean(self) -> dict[str, Any]:
        """A word that the list does not have gets suggestions, unless it is to be kept."""
        data = super().clean() or {}
        self._kind, text = kind_of(data.get("werk", "")), data.get("werk", "")
        if text and self._kind is None and not data.get("eigen_woord"):
            self.add_error("werk", unknown_kind(text))
        return data

    def changed(self) -> VacatureRecord:
        """As the base class says."""
        data, kind = self.cleaned_data, self._kind
        return replace(
            self.record,
            naam_vacature=data["naam"],
            werksoort=kind.code if kind else "",
            naam_beroep="" if kind else data["werk"],
            omschrijving_vacature=data["omschrijving"],
        )


def kind_of(text: str) -> Werksoort | None:
    """The kind of work that was typed or chosen from the list."""
    return werksoorten.of_text(text) if text else None


def unknown_kind(text: str) -> ValidationError:
    """That the list has no such word, with the words that come near."""
    near = [one.naam for one in werksoorten.search(text, 3)]
    if not near:
        return ValidationError(gettext("Dit werk staat niet in de lijst. Probeer een ander woord."))
    return ValidationError(
        gettext("Dit werk staat niet in de lijst. Bedoelt u: %(namen)s?") % {"namen": ", ".join(near)}
    )


class UrenField(forms.DecimalField):
    """Hours with at most one digit behind the comma, in whichever language the page is."""

    def __init__(self, **kwargs: Any) -> None:
        said = _("Vul een getal in, zoals 8 of 2,5.")
        wrong = dict.fromkeys(("invalid", "max_digits", "max_decimal_places", "max_whole_digits"), said)
        super().__init__(max_digits=5, decimal_places=1, error_messages=wrong, **kwargs)

    def to_python(self, value: Any) -> Any:
        """As people write it: 2,5 and 2.5."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


class TakenForm(StapForm):
    """The tasks, one to a row, with what each of them asks; rows left empty are no tasks."""

    def __init__(self, data: Any, *, record: VacatureRecord) -> None:
        asked = data.get("rijen", "") if data is not None else ""
        rows = int(asked) if asked.isdigit() and len(asked) < 4 else len(record.taken) + _MORE_TASKS
        self.rijen = max(len(record.taken), min(rows, MAX_TAKEN))
        super().__init__(data, record=record)
        for row in range(self.rijen):
            fields = {
                "taak": _text(_("Wat gebeurt er?"), MAX_TAAK),
                "uren": UrenField(label=_("Uren per week"), required=False, widget=NumberInput()),
                "werk": _text(_("Soort werk"), 120, list=WERKLIJST, autocomplete="off"),
                "niveau": forms.ChoiceField(
                    label=_("Niveau dat nodig is"), required=False, choices=_LEVELS, widget=Select
                ),
                "rijbewijs": forms.BooleanField(label=_("Rijbewijs B nodig"), required=False),
            }
            self.fields.update({f"{name}_{row}": field for name, field in fields.items()})

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each task."""
        return [[self[f"{name}_{row}"] for name in ("taak", "uren", "werk", "niveau", "rijbewijs")]
                for row in range(self.rijen)]  # fmt: skip

    def shown(self, record: VacatureRecord) -> dict[str, Any]:
        """As the base class says."""
        values: dict[str, Any] = {}
        for row, taak in enumerate(record.taken):
            kind = WERKSOORTEN.get(taak.werksoort)
            values |= {
                f"taak_{row}": taak.omschrijving,
                f"uren_{row}": taak.uren_per_week,
                f"werk_{row}": kind.naam if kind else "",
                f"niveau_{row}": str(taak.code_werk_en_denkniveau_minimaal or ""),
                f"rijbewijs_{row}": "B" in taak.rijbewijzen,
            }
        return values

    def clean(self) -> dict[str, Any]:
        """A row with anything in it says what the task is, and its work is of the list."""
        data = super().clean() or {}
        for row in range(self.rijen):
            given = any(data.get(f"{name}_{row}") for name in ("uren", "werk", "niveau", "rijbewijs"))
            if given and not data.get(f"taak_{row}") and f"taak_{row}" not in self.errors:
                self.add_error(f"taak_{row}", ValidationError(gettext("Vul in wat de taak is, of maak de regel leeg.")))
            text = data.get(f"werk_{row}", "")
            if text and kind_of(text) is None:
                self.add_error(f"werk_{row}", unknown_kind(text))
        return data

    def changed(self) -> VacatureRecord:
        """As the base class says. Other licences than B, from a file, stay with the task."""
        data = self.cleaned_data
        taken = []
        for row in range(self.rijen):
            if not data[f"taak_{row}"]:
                continue
            kind = kind_of(data[f"werk_{row}"])
            before = self.record.taken[row].rijbewijzen if row < len(self.record.taken) else ()
            licences = {*before} - {"B"} | ({"B"} if data[f"rijbewijs_{row}"] else set())
            hours = data[f"uren_{row}"]
            taken.append(
                Taak(
                    omschrijving=data[f"taak_{row}"],
                    werksoort=kind.code if kind else "",
                    uren_per_week=None if hours is None else Decimal(hours).quantize(Decimal("0.1")),
                    code_werk_en_denkniveau_minimaal=int(data[f"niveau_{row}"]) if data[f"niveau_{row}"] else None,
                    rijbewijzen=tuple(one for one in RIJBEWIJZEN if one in licences),
                )
            )
        return replace(self.record, taken=tuple(taken))


class TijdForm(StapForm):
    """How many hours, when and where."""

    places = {
        "aantal_werkuren_per_week_minimaal": "minst",
        "aantal_werkuren_per_week_maximaal": "meest",
        "plaatsnaam": "plaats",
        "aantal_plaatsen": "plekken",
        "datum_aanvang_werkzaamheden": "vanaf",
        "datum_einde_werkzaamheden": "tot_en_met",
    }

    minst = _number(_("Hoeveel uur per week is het minstens?"))
    meest = _number(_("Hoeveel uur per week is het hoogstens?"))
    dagen = _many(_("Op welke dagen is het werk? (leeg is: in overleg)"), [(int(d), n) for d, n in DAGEN.items()])
    overdag = _yes_no(_("Is het werk alleen overdag?"))
    onregelmatig = _yes_no(_("Is het werk op wisselende tijden of in ploegen?"))
    postcode = _text(_("Postcode van de plek waar het werk is"), 20, _("Zoals 1211 AB"))
    plaats = _text(_("Plaats"), 80)
    ov = _yes_no(_("Is die plek goed te bereiken met bus of trein?"))
    vanaf = DateField(label=_("Vanaf welke dag is er werk? (leeg is: meteen)"), required=False)
    tot_en_met = DateField(label=_("Is er een laatste dag? (mag leeg blijven)"), required=False)
    plekken = _number(_("Hoeveel mensen zoekt u?"))

    def shown(self, record: VacatureRecord) -> dict[str, Any]:
        """As the base class says."""
        days = record.werkdagen
        return {
            "minst": record.aantal_werkuren_per_week_minimaal,
            "meest": record.aantal_werkuren_per_week_maximaal,
            "dagen": [] if days is None else [str(int(dag)) for dag in DAGEN if dag in days],
            "overdag": _to_yes_no(record.indicatie_kantoortijden),
            "onregelmatig": _to_yes_no(record.indicatie_onregelmatig_werk_of_ploegendienst),
            "postcode": record.postcode,
            "plaats": record.plaatsnaam,
            "ov": _to_yes_no(record.bereikbaar_met_ov),
            "vanaf": record.datum_aanvang_werkzaamheden,
            "tot_en_met": record.datum_einde_werkzaamheden,
            "plekken": record.aantal_plaatsen,
        }

    def changed(self) -> VacatureRecord:
        """As the base class says."""
        data = self.cleaned_data
        days = sum(int(dag) for dag in data["dagen"])
        return replace(
            self.record,
            aantal_werkuren_per_week_minimaal=data["minst"],
            aantal_werkuren_per_week_maximaal=data["meest"],
            werkdagen=Dag(days) if days else None,
            indicatie_kantoortijden=_from_yes_no(data["overdag"]),
            indicatie_onregelmatig_werk_of_ploegendienst=_from_yes_no(data["onregelmatig"]),
            postcode="".join(data["postcode"].split()).upper(),
            plaatsnaam=data["plaats"],
            bereikbaar_met_ov=_from_yes_no(data["ov"]),
            datum_aanvang_werkzaamheden=data["vanaf"],
            datum_einde_werkzaamheden=data["tot_en_met"],
            aantal_plaatsen=1 if data["plekken"] is None else data["plekken"],
        )


class EisenForm(StapForm):
    """What somebody must know or have; asking less makes more people fit."""

    places = {
        "code_werk_en_denkniveau_minimaal": "niveau",
        "aantal_jaren_werkzaam_in_beroep": "jaren",
        "opleidingen": "opleiding",
    }

    niveau = forms.ChoiceField(
        label=_("Welk niveau is minstens nodig?"), required=False, choices=_LEVELS, widget=RadioSelect
    )
    opleiding = _text(_("Welke opleiding is nodig? (mag leeg blijven)"), 120)
    jaren = _number(_("Hoeveel jaar ervaring is nodig? (mag leeg blijven)"))
    rijbewijs = _yes_no(_("Is een rijbewijs nodig?"))
    rijbewijzen = _many(_("Welk rijbewijs?"), [(code, code) for code in ("AM", "B", "BE", "C", "CE", "D", "T")])
    spreken = forms.ChoiceField(
        label=_("Hoe goed moet iemand Nederlands spreken?"),
        required=False,
        choices=[
            ("", _("Maakt niet uit")),
            *((str(int(code)), naam) for code, naam in TAALNIVEAUS.items() if code > 1),
        ],
        widget=RadioSelect,
    )
    schrijven = forms.ChoiceField(
        label=_("Hoe goed moet iemand Nederlands lezen en schrijven?"),
        required=False,
        choices=[
            ("", _("Maakt niet uit")),
            *((str(int(code)), naam) for code, naam in TAALNIVEAUS.items() if code > 1),
        ],
        widget=RadioSelect,
    )

    def shown(self, record: VacatureRecord) -> dict[str, Any]:
        """As the base class says."""
        dutch = next((one for one in record.taalbeheersing if one.code_taal == NEDERLANDS), Taalbeheersing(NEDERLANDS))
        licences = record.rijbewijzen
        return {
            "niveau": str(record.code_werk_en_denkniveau_minimaal or ""),
            "opleiding": next((one.naam_opleiding for one in record.opleidingen), ""),
            "jaren": record.aantal_jaren_werkzaam_in_beroep,
            "rijbewijs": _to_yes_no(None if licences is None else bool(licences)),
            "rijbewijzen": list(licences or ()),
            "spreken": str(dutch.mondeling or ""),
            "schrijven": str(dutch.schriftelijk or ""),
        }

    def clean(self) -> dict[str, Any]:
        """A licence is chosen when one is needed; choosing one is saying that it is needed."""
        data = super().clean() or {}
        if data.get("rijbewijs") == "ja" and not data.get("rijbewijzen"):
            self.add_error("rijbewijzen", ValidationError(gettext("Kies welk rijbewijs nodig is.")))
        return data

    def changed(self) -> VacatureRecord:
        """As the base class says."""
        data, record = self.cleaned_data, self.record
        needed = _from_yes_no(data["rijbewijs"])
        kept = [one for one in record.rijbewijzen or () if one not in dict(self.fields["rijbewijzen"].choices)]  # type: ignore[attr-defined]
        chosen = {*data["rijbewijzen"], *kept}
        licences = tuple(one for one in RIJBEWIJZEN if one in chosen)
        naam, first = data["opleiding"], next(iter(record.opleidingen), OpleidingEis())
        rest = record.opleidingen[1:]
        educations = (replace(first, naam_opleiding=naam), *rest) if naam else rest
        others = tuple(one for one in record.taalbeheersing if one.code_taal != NEDERLANDS)
        dutch = next((one for one in record.taalbeheersing if one.code_taal == NEDERLANDS), Taalbeheersing(NEDERLANDS))
        dutch = replace(
            dutch,
            mondeling=int(data["spreken"]) if data["spreken"] else None,
            schriftelijk=int(data["schrijven"]) if data["schrijven"] else None,
        )
        asked = dutch != Taalbeheersing(NEDERLANDS)
        return replace(
            record,
            code_werk_en_denkniveau_minimaal=int(data["niveau"]) if data["niveau"] else None,
            opleidingen=educations,
            aantal_jaren_werkzaam_in_beroep=data["jaren"],
            rijbewijzen=() if needed is False else licences or None,
            taalbeheersing=(dutch, *others) if asked else others,
        )


class AanbodForm(StapForm):
    """What the employer offers: contract, wage, and help on the job."""

    places = {"salaris_indicatie": "loon", "omschrijving_arbeidsvoorwaarden": "meer"}

    contract = _many(_("Welk contract?"), CONTRACTEN.items())
    overeenkomst = _many(_("Wat voor baan is het?"), OVEREENKOMSTEN.items())
    loon = _text(_("Wat is het loon?"), MAX_SALARIS, _("Bijvoorbeeld: € 15,00 per uur"))
    meer = _long(_("Wat biedt u nog meer? (mag leeg blijven)"), MAX_TEKST)
    begeleiding = _yes_no(_("Is er begeleiding op het werk?"), _("Bijvoorbeeld een vaste collega of een jobcoach."))
    aanpassing = _yes_no(_("Kunt u de werkplek aanpassen als dat nodig is?"))
    variatie = _yes_no(_("Is er afwisseling in het werk?"))

    def shown(self, record: VacatureRecord) -> dict[str, Any]:
        """As the base class says."""
        return {
            "contract": list(record.typen_arbeidscontract),
            "overeenkomst": list(record.typen_overeenkomst),
            "loon": record.salaris_indicatie,
            "meer": record.omschrijving_arbeidsvoorwaarden,
            "begeleiding": _to_yes_no(record.biedt_begeleiding),
            "aanpassing": _to_yes_no(record.biedt_aanpassing_werkomgeving),
            "variatie": _to_yes_no(record.biedt_werkvariatie),
        }

    def changed(self) -> VacatureRecord:
        """As the base class says."""
        data = self.cleaned_data
        return replace(
            self.record,
            typen_arbeidscontract=tuple(data["contract"]),
            typen_overeenkomst=tuple(data["overeenkomst"]),
            salaris_indicatie=data["loon"],
            omschrijving_arbeidsvoorwaarden=data["meer"],
            biedt_begeleiding=_from_yes_no(data["begeleiding"]),
            biedt_aanpassing_werkomgeving=_from_yes_no(data["aanpassing"]),
            biedt_werkvariatie=_from_yes_no(data["variatie"]),
        )


class ReagerenForm(StapForm):
    """Until when and how people answer, whom to call, and whether everybody may read it."""

    places = {
        "sluitingsdatum_vacature": "tot_en_met",
        "sollicitatiewijzen": "hoe",
        "webadres_sollicitatie": "formulier",
        "webadres": "website",
        "contact_naam": "contactnaam",
        "contact_emailadres": "emailadres",
        "contact_telefoonnummer": "telefoonnummer",
    }

    tot_en_met = DateField(label=_("Tot en met welke dag kunnen mensen reageren? (mag leeg blijven)"), required=False)
    hoe = _many(_("Hoe kunnen mensen reageren? (leeg is: via een bemiddelaar)"), REAGEREN.items())
    formulier = _text(_("Adres van het formulier"), 200, _("Begin met https://"), inputmode="url")
    website = _text(_("Uw website (mag leeg blijven)"), 200, _("Begin met https://"), inputmode="url")
    contactnaam = _text(_("Wie kan een bemiddelaar bellen?"), 200, _("Dit staat niet op de openbare pagina."))
    emailadres = _text(_("E-mailadres"), 320, autocomplete="email")
    telefoonnummer = _text(_("Telefoonnummer"), 20, autocomplete="tel")
    openbaar = forms.BooleanField(
        label=_("Iedereen mag de vacature op internet zien"),
        help_text=_("Anders zien alleen bemiddelaars in de regio haar."),
        required=False,
    )

    def shown(self, record: VacatureRecord) -> dict[str, Any]:
        """As the base class says; whether it is public stands beside the record."""
        contact = record.contact
        return {
            "tot_en_met": record.sluitingsdatum_vacature,
            "hoe": list(record.sollicitatiewijzen),
            "formulier": record.webadres_sollicitatie,
            "website": record.webadres,
            "contactnaam": contact.naam,
            "emailadres": contact.emailadres,
            "telefoonnummer": contact.telefoonnummer,
        }

    def changed(self) -> VacatureRecord:
        """As the base class says."""
        data = self.cleaned_data
        return replace(
            self.record,
            sluitingsdatum_vacature=data["tot_en_met"],
            sollicitatiewijzen=tuple(sorted(data["hoe"])),
            webadres_sollicitatie=data["formulier"],
            webadres=data["website"],
            contact=Contact(data["contactnaam"], data["emailadres"], data["telefoonnummer"]),
        )


@dataclass(frozen=True)
class Stap:
    """One step: the word in its address, its heading, and its form."""

    code: str
    naam: Promise
    form: type[StapForm]


STAPPEN = (
    Stap("werkgever", _("Van wie is de vacature?"), WerkgeverForm),
    Stap("werk", _("Welk werk is het?"), WerkForm),
    Stap("taken", _("Welke taken zijn er?"), TakenForm),
    Stap("tijd", _("Wanneer en waar is het werk?"), TijdForm),
    Stap("eisen", _("Wat is er nodig?"), EisenForm),
    Stap("aanbod", _("Wat biedt u?"), AanbodForm),
    Stap("reageren", _("Hoe reageren mensen?"), ReagerenForm),
)
"""In this order; the first is for a bemiddelaar only, an employer is who it is."""
