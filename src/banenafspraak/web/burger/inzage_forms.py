"""Forms of own insight: narrow the list of who looked, and say what is not right."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from banenafspraak.access.logboek import Keuze
from banenafspraak.register.meldingen import MAX_TEKST
from banenafspraak.register.meldingwoorden import Meldingonderwerp
from banenafspraak.web.components.formulier import DateField, RadioSelect, Select, Textarea
from banenafspraak.web.meldingwoorden import choices


class BlikkenForm(forms.Form):
    """Which looks to show; stands in the address."""

    use_required_attribute = False

    organisatie = forms.ChoiceField(label=_("Organisatie"), required=False, widget=Select)
    vanaf = DateField(label=_("Vanaf"), required=False)
    tot_en_met = DateField(label=_("Tot en met"), required=False)

    def __init__(self, *args: Any, organisaties: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisatie"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Alle organisaties")), *((naam, naam) for naam in organisaties)]

    def keuze(self) -> Keuze:
        """The choice as the logboek understands it; days are days in the Netherlands, also when the clock changes."""
        data = self.cleaned_data if self.is_valid() else {}
        vanaf, last = data.get("vanaf"), data.get("tot_en_met")
        return Keuze(
            organisatie=data.get("organisatie") or "",
            vanaf=timezone.make_aware(datetime.combine(vanaf, time())) if vanaf else None,
            tot=timezone.make_aware(datetime.combine(last + timedelta(days=1), time())) if last else None,
        )


class MeldingForm(forms.Form):
    """What is not right, in one choice and in own words."""

    use_required_attribute = False

    soort = forms.ChoiceField(
        label=_("Wat klopt er niet?"),
        error_messages={"required": _("Kies wat er niet klopt.")},
        widget=RadioSelect,
    )
    toelichting = forms.CharField(
        label=_("Wilt u er iets bij vertellen?"),
        help_text=_(
            "Schrijf op wat er volgens u moet staan, of wat u weet. U hoeft niets over uw gezondheid te vertellen."
        ),
        required=False,
        max_length=MAX_TEKST,
        widget=Textarea,
    )

    def __init__(self, *args: Any, onderwerp: Meldingonderwerp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["soort"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices(onderwerp)
