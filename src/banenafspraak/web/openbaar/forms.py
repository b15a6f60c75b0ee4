"""The form that chooses which figures to look at."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banenafspraak.web.components.parts import quarter_short
from banenafspraak.web.figures import Publication


class FiguresForm(forms.Form):
    """Part of a region's name, and a quarter; both may stay empty. Sent with GET: the choice stands in the address."""

    regio = forms.CharField(
        label=_("Naam of code van de regio"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "utrecht-textbox utrecht-textbox--html-input", "autocomplete": "off"}),
    )
    kwartaal = forms.ChoiceField(
        label=_("Kwartaal"),
        required=False,
        widget=forms.Select(attrs={"class": "utrecht-select utrecht-select--html-select"}),
    )

    def __init__(self, *args: Any, published: Sequence[Publication], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._published = published
        quarters = sorted({p.kwartaal for p in published}, reverse=True)
        field = self.fields["kwartaal"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Alle kwartalen")), *((k, quarter_short(k)) for k in quarters)]

    def matching(self) -> list[Publication]:
        """What there is, as far as it fits; a quarter that does not exist fits nothing."""
        if not self.is_valid():
            return []
        words, kwartaal = self.cleaned_data["regio"].casefold().split(), self.cleaned_data["kwartaal"]
        return [
            p
            for p in self._published
            if (not kwartaal or p.kwartaal == kwartaal)
            and all(word in p.naam.casefold() or word in p.regio.casefold() for word in words)
        ]
