"""The form with which an employer gives its own wage returns, and what it says of itself beside them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banenafspraak.web.components.formulier import FilesField, Form, RadioSelect
from banenafspraak.web.components.getallen import GetalField
from banenafspraak.web.uploads import MAX_RETURNS

MAX_FILES = 40


class AangiftenForm(Form):
    """The messages, and facts that do not stand in them."""

    bestanden = FilesField(
        label=_("Kies uw loonaangiften"),
        help_text=_(
            "XML, zoals uw salarispakket ze verstuurt. U kunt ze allemaal tegelijk kiezen, ook correcties. Hoogstens "
            "40 bestanden en samen 60 MB; dat zijn een paar duizend werknemers per jaar."
        ),
        error_messages={
            "required": _("Kies minstens één bestand."),
            "missing": _("Kies minstens één bestand."),
            "empty": _("Een van de bestanden is leeg. Kies het opnieuw."),
        },
    )
    vorig = GetalField(
        label=_("Verloonde uren in het jaar ervoor"),
        help_text=_("Mag leeg blijven. Zonder deze uren ziet u uw banen, en nog niet het quotum."),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(10) ** 9,
    )
    sector = forms.ChoiceField(
        label=_("Welke sector?"),
        choices=[
            ("", _("Weet ik niet: leid het af uit de Ufo-premie in mijn nieuwste aangifte")),
            ("overheid", _("Overheid")),
            ("markt", _("Markt")),
        ],
        required=False,
        widget=RadioSelect,
    )
    percentage = GetalField(
        label=_("Quotumpercentage"),
        help_text=_("Laat leeg voor het percentage dat wij kennen. Voor de markt is er geen bekend."),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100),
    )
    uitzendonderneming = forms.BooleanField(
        label=_("Op 31 december van het jaar ervoor stond ik als uitzendonderneming in het handelsregister"),
        required=False,
    )

    def __init__(self, *args: Any, voorbeeld: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if voorbeeld:
            self.fields["bestanden"].required = False

    def clean_bestanden(self) -> list[Any]:
        """Not more files than somebody looks over."""
        found: list[Any] = [one for one in self.cleaned_data["bestanden"] if one]
        if len(found) > MAX_FILES:
            raise forms.ValidationError(gettext("Dit zijn meer dan 40 bestanden. Kies er minder."))
        if sum(one.size for one in found) > MAX_RETURNS:
            raise forms.ValidationError(gettext("Deze bestanden zijn samen groter dan 60 MB. Kies er minder."))
        return found
