"""The questions of the quotumcalculator. They come by GET, so the names are short and the answers figures."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banenafspraak.web.components.formulier import DateField, Form, RadioSelect, Select
from banenafspraak.web.components.getallen import GetalField
from banenafspraak.wet.quotum import Inleenverband, QuotumFeiten, Quotumsector, Richting

FIRST_YEAR, LAST_YEAR = 2016, 2026
INLEEN = 3
_MOST = Decimal(10) ** 9
_FILL_IN = {"required": _("Vul dit in. Weet u het niet precies? Schat het.")}


def latest_year(vandaag: date) -> int:
    """This year, as far as the rules are known."""
    return min(max(vandaag.year, FIRST_YEAR), LAST_YEAR)


def _uren(label: Any, hint: Any = "", *, required: bool = False) -> GetalField:
    return GetalField(
        label=label, help_text=hint, required=required, min_value=Decimal(0), max_value=_MOST, error_messages=_FILL_IN
    )


class QuotumForm(Form):
    """What the law asks about an employer in a year."""

    jaar = forms.ChoiceField(
        label=_("Over welk jaar?"),
        choices=[(str(jaar), str(jaar)) for jaar in range(LAST_YEAR, FIRST_YEAR - 1, -1)],
        widget=Select,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Kies een jaar uit de lijst.")),
    )
    uren = _uren(_("Verloonde uren in dat jaar"), _("Van alle werknemers samen, uit uw loonaangiften."), required=True)
    vorig = _uren(_("Verloonde uren in het jaar ervoor"), _("De drempel geldt voor beide jaren."), required=True)
    arbeidsbeperkt = _uren(
        _("Uren van werknemers in het doelgroepregister"),
        _("Alleen van mensen op uw eigen loonlijst. Ingeleende mensen vult u hieronder in."),
        required=True,
    )
    sector = forms.ChoiceField(
        label=_("Welke sector?"),
        choices=[
            ("overheid", _("Overheid")),
            ("markt", _("Markt")),
            ("ufo", _("Weet ik niet: ik vul de uren met en zonder Ufo-premie in")),
        ],
        widget=RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Kies een sector.")),
    )
    ufo = _uren(
        _("Uren met Ufo-premie"), _("Van het laatste aangiftetijdvak van het jaar ervoor. Dat beslist voor het jaar.")
    )
    overig = _uren(_("Uren zonder Ufo-premie"), _("Van hetzelfde aangiftetijdvak."))
    percentage = GetalField(
        label=_("Quotumpercentage"),
        help_text=_("Laat leeg voor het percentage dat wij kennen. Voor de markt is er geen bekend."),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100),
    )
    erbij = GetalField(
        label=_("Iemand erbij: hoeveel uur per week?"),
        help_text=_("25,5 uur per week is één baan."),
        required=False,
        min_value=Decimal(1),
        max_value=Decimal(60),
    )
    uitzend = _uren(_("Uren van uitzendpersoneel"), _("Als u zelf uitzendt."))
    uitzend_vorig = _uren(_("Diezelfde uren in het jaar ervoor"))
    ingeschreven = forms.BooleanField(
        label=_("Op 31 december van het jaar ervoor stond ik als uitzendonderneming in het handelsregister"),
        required=False,
    )
    wsw = _uren(_("Uren van werknemers van artikel 2 Wsw"), _("Als u hen ter beschikking stelt aan andere werkgevers."))
    wsw_vorig = _uren(_("Uren van werknemers van artikel 2 Wsw in het jaar ervoor"))
    maanden = forms.IntegerField(
        label=_("Hoeveel maanden van het jaar was u werkgever?"),
        help_text=_("Leeg is twaalf."),
        required=False,
        min_value=1,
        max_value=12,
        widget=GetalField.widget,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Vul een getal van 1 tot en met 12 in.")),
    )
    bonus = GetalField(
        label=_("Bonus per baan per jaar"),
        help_text=_("Aangekondigd is ongeveer € 5.000. Het bedrag staat niet vast."),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100_000),
    )
    loonsom = _uren(_("Loonsom met de hoge Aof-premie"), _("In euro's per jaar."))
    opslag = GetalField(
        label=_("Opslag in procenten van die loonsom"),
        help_text=_("Nog niet vastgesteld."),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100),
    )
    klein = forms.BooleanField(label=_("Ik ben een kleine werkgever en betaal de lage Aof-premie"), required=False)
    activering = DateField(label=_("Dag waarop de regeling ingaat"), required=False, earliest=date(2026, 1, 1))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(1, INLEEN + 1):
            self.fields |= {
                f"richting{row}": forms.ChoiceField(
                    label=_("Leent u deze persoon in of uit?"),
                    choices=[("", _("Niet ingevuld")), ("in", _("Ik leen in")), ("uit", _("Ik leen uit"))],
                    required=False,
                    widget=Select,
                ),
                f"uren{row}": GetalField(
                    label=_("Verloonde uren in het jaar"), required=False, min_value=Decimal(0), max_value=Decimal(8784)
                ),
                f"persoon{row}": GetalField(
                    label=_("Alle verloonde uren van deze persoon"),
                    help_text=_("Meer dan dat telt nooit mee."),
                    required=False,
                    min_value=Decimal(0),
                    max_value=Decimal(8784),
                ),
                f"uitlener{row}": DateField(label=_("Dag waarop de uitlener dit opgaf"), required=False),
                f"inlener{row}": DateField(label=_("Dag waarop de inlener akkoord ging"), required=False),
            }

    def clean(self) -> dict[str, Any]:
        """What belongs together, in the words of the questions."""
        data = super().clean() or {}
        if data.get("sector") == "ufo":
            for name in ("ufo", "overig"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Vul de uren in, of kies hierboven de sector."))
        for whole, parts in (("uren", ("uitzend", "wsw")), ("vorig", ("uitzend_vorig", "wsw_vorig"))):
            if data.get(whole) is not None and sum(data.get(part) or 0 for part in parts) > data[whole]:
                self.add_error(parts[0], _("Dit zijn samen meer uren dan alle verloonde uren van dat jaar."))
        if data.get("uren") is not None and (data.get("arbeidsbeperkt") or 0) > data["uren"]:
            self.add_error("arbeidsbeperkt", _("Dit zijn meer uren dan alle verloonde uren."))
        for row in range(1, INLEEN + 1):
            given = [data.get(f"{name}{row}") for name in ("uren", "persoon", "uitlener", "inlener")]
            if not data.get(f"richting{row}") and any(value is not None for value in given):
                self.add_error(f"richting{row}", _("Kies of u deze persoon inleent of uitleent."))
            elif data.get(f"richting{row}") and given[0] is None and f"uren{row}" not in self.errors:
                self.add_error(f"uren{row}", _("Vul de uren in."))
        return data

    def peildatum(self) -> date:
        """The last day of the year that was asked about."""
        return date(int(self.cleaned_data["jaar"]), 12, 31)

    def feiten(self) -> QuotumFeiten:
        """The answers as facts of the law."""
        data = self.cleaned_data
        by_ufo = data["sector"] == "ufo"
        lent = tuple(
            Inleenverband(
                richting=Richting(data[f"richting{row}"]),
                uren=data[f"uren{row}"],
                uren_persoon=data[f"persoon{row}"],
                akkoord_uitlener_op=data[f"uitlener{row}"],
                akkoord_inlener_op=data[f"inlener{row}"],
            )
            for row in range(1, INLEEN + 1)
            if data[f"richting{row}"]
        )
        return QuotumFeiten(
            verloonde_uren=data["uren"],
            verloonde_uren_vorig_jaar=data["vorig"],
            uren_arbeidsbeperkten=data["arbeidsbeperkt"],
            sector=None if by_ufo else Quotumsector(data["sector"]),
            uren_met_ufo_premie=data["ufo"] if by_ufo else None,
            uren_zonder_ufo_premie=data["overig"] if by_ufo else None,
            uren_uitzendpersoneel=data["uitzend"],
            uren_uitzendpersoneel_vorig_jaar=data["uitzend_vorig"],
            uitzendonderneming_ingeschreven=data["ingeschreven"] or None,
            uren_wsw=data["wsw"],
            uren_wsw_vorig_jaar=data["wsw_vorig"],
            maanden_werkgever=data["maanden"],
            inleen=lent or None,
            quotumpercentage=data["percentage"],
            extra_uren_per_week=data["erbij"],
            loonsom_aof_hoog=data["loonsom"],
            opslag_percentage=data["opslag"],
            bonus_per_baan=data["bonus"],
            kleine_werkgever=data["klein"] or None,
            activering_op=data["activering"],
        )

    # --- Parts of the page: each folds open by itself when something in it was filled in or is wrong ----------------

    def _group(self, *names: str) -> tuple[list[forms.BoundField], bool]:
        fields = [self[name] for name in names]
        return fields, any(field.value() or field.errors for field in fields)

    @property
    def basis(self) -> list[forms.BoundField]:
        """What everybody fills in."""
        return [self[name] for name in ("jaar", "uren", "vorig", "arbeidsbeperkt", "sector")]

    @property
    def ufo_part(self) -> tuple[list[forms.BoundField], bool]:
        """The hours that decide about the sector."""
        return self._group("ufo", "overig")

    @property
    def what_if(self) -> list[forms.BoundField]:
        """What somebody may play with."""
        return [self[name] for name in ("percentage", "erbij")]

    @property
    def deductions(self) -> tuple[list[forms.BoundField], bool]:
        """Hours that may be taken off."""
        return self._group("uitzend", "uitzend_vorig", "ingeschreven", "wsw", "wsw_vorig", "maanden")

    @property
    def inleen(self) -> tuple[list[list[forms.BoundField]], bool]:
        """People lent in or out, one after the other."""
        names = ("richting", "uren", "persoon", "uitlener", "inlener")
        rows = [self._group(*(f"{name}{row}" for name in names)) for row in range(1, INLEEN + 1)]
        return [fields for fields, _ in rows], any(is_open for _, is_open in rows)

    @property
    def expectation(self) -> tuple[list[forms.BoundField], bool]:
        """The law that is not in force."""
        return self._group("bonus", "loonsom", "opslag", "klein", "activering")
