"""What an assessor fills in to put the register right."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banenafspraak.register.herstel import MAX_REDEN, Herstelvoorstel
from banenafspraak.register.registraties import Inhoud
from banenafspraak.web.components.formulier import DateField, Form, Select, Textarea
from banenafspraak.web.components.registerwoorden import EINDENAMEN, GRONDNAMEN, ROUTES, last_day
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden

_CHOOSE = {"required": _("Maak een keuze."), "invalid_choice": _("Kies een van de antwoorden.")}


class VervalForm(Form):
    """Why a registration should never have been there. `stand` is what the assessor had before them."""

    stand = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    reden = forms.CharField(
        label=_("Waarom?"),
        help_text=_("De melder leest dit. Schrijf korte zinnen, en geen BSN."),
        max_length=MAX_REDEN,
        widget=Textarea({"rows": 4}),
        error_messages={"required": _("Schrijf op waarom u dit verandert.")},
    )

    def __init__(self, *args: Any, stand: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stand"].initial = stand

    def voorstel(self, registratie_id: int | None) -> Herstelvoorstel:
        """What is asked, of a form that is valid."""
        return Herstelvoorstel(registratie_id, None)


class HerstelForm(VervalForm):
    """What a registration must say."""

    grond = forms.ChoiceField(
        label=_("Grond (artikel 38b Wfsv)"),
        choices=[("", _("Kies")), *((grond.value, name) for grond, name in GRONDNAMEN.items())],
        widget=Select,
        error_messages=_CHOOSE,
    )
    route = forms.ChoiceField(
        label=_("Route"),
        help_text=_("Hoe de registratie tot stand kwam. Dit bepaalt de groep in de cijfers."),
        choices=[("", _("Kies")), *((route.value, name) for route, name in ROUTES.items())],
        widget=Select,
        error_messages=_CHOOSE,
    )
    vanaf = DateField(label=_("Eerste dag"), error_messages={"required": _("Vul de eerste dag in.")})
    laatste_dag = DateField(
        label=_("Laatste dag (mag leeg blijven)"),
        help_text=_("Laat dit leeg als de registratie doorloopt. Anders: dag, maand en jaar."),
        required=False,
    )
    einde_reden = forms.ChoiceField(
        label=_("Reden van het einde"),
        help_text=_("Alleen als u een laatste dag invult."),
        required=False,
        choices=[("", _("Geen")), *((reden.value, name) for reden, name in EINDENAMEN.items())],
        widget=Select,
        error_messages=_CHOOSE,
    )
    field_order = ("stand", "geboortedatum", "grond", "route", "vanaf", "laatste_dag", "einde_reden", "reden")

    def __init__(self, *args: Any, now: Inhoud | None, ask_birth: bool, **kwargs: Any) -> None:
        if now is not None:
            kwargs["initial"] = {
                "grond": now.grond.value,
                "route": now.route.value,
                "vanaf": now.vanaf,
                "laatste_dag": last_day(now.tot) if now.tot else None,
                "einde_reden": now.einde_reden.value if now.einde_reden else "",
            }
        super().__init__(*args, **kwargs)
        if ask_birth:
            self.fields["geboortedatum"] = DateField(
                label=_("Geboortedatum"),
                help_text=_("Deze persoon staat nog niet in het register. Neem de datum over uit de BRP."),
                error_messages={"required": _("Vul de geboortedatum in.")},
            )
            self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """An end has a reason, a reason belongs to an end, and the last day is not before the first."""
        data: dict[str, Any] = super().clean() or {}
        first, last, reden = data.get("vanaf"), data.get("laatste_dag"), data.get("einde_reden")
        if last and not reden:
            self.add_error("einde_reden", _("Kies waarom de registratie eindigt."))
        if reden and not last and "laatste_dag" not in self.errors:
            self.add_error("laatste_dag", _("Vul de laatste dag in, of kies bij de reden: Geen."))
        if first and last and last < first:
            self.add_error("laatste_dag", _("De laatste dag ligt voor de eerste dag."))
        return data

    def voorstel(self, registratie_id: int | None) -> Herstelvoorstel:
        """What is asked, of a form that is valid."""
        data = self.cleaned_data
        last: date | None = data["laatste_dag"]
        inhoud = Inhoud(
            grond=Grond(data["grond"]),
            route=Route(data["route"]),
            vanaf=data["vanaf"],
            tot=last + timedelta(days=1) if last else None,
            einde_reden=EindeReden(data["einde_reden"]) if data["einde_reden"] else None,
        )
        return Herstelvoorstel(registratie_id, inhoud, data.get("geboortedatum"))
