"""Fields as our forms use them: dates as people write them, choices as radio buttons, errors in plain words."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from banenafspraak.access import bsn

_FORMATS = ("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d", "%d%m%Y")
_TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"


class Form(forms.Form):
    """A form whose fields are not marked by the browser as wrong before anybody has filled them in."""

    use_required_attribute = False


class TextInput(forms.TextInput):
    """One line of text."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": _TEXTBOX} | (attrs or {}))


class NumberInput(TextInput):
    """A number as text: the arrows of a number box change an answer by accident."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off"} | (attrs or {}))


class Textarea(forms.Textarea):
    """Several lines of text."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "utrecht-textarea utrecht-textarea--html-textarea", "rows": 6} | (attrs or {}))


class Select(forms.Select):
    """A choice from a list that is too long for radio buttons."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"class": "utrecht-select utrecht-select--html-select"} | (attrs or {}), choices)


class RadioSelect(forms.RadioSelect):
    """A choice with every option in sight."""


class FileInput(forms.ClearableFileInput):
    """One file of the applicant's own computer or telephone."""

    template_name = "django/forms/widgets/file.html"


class FilesInput(FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or more: its value is a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Every file, each as a single one would be judged."""
        if not isinstance(data, list | tuple) or not data:
            return [super().clean(data or None, initial)] if self.required or data else []
        return [super(FilesField, self).clean(one, initial) for one in data]


class SearchField(forms.CharField):
    """Words to search with; they stand in the address and go to the database, so a number like a BSN is refused."""

    widget = TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def validate(self, value: str) -> None:
        """As the base class, and no BSN."""
        super().validate(value)
        if bsn.occurs_in(value):
            raise ValidationError(_("Zoek niet met een burgerservicenummer."))


class DateField(forms.DateField):
    """A date as people write it: 31-12-2026, and with other signs between. One box, no calendar to get lost in."""

    widget = TextInput

    def __init__(self, *, earliest: date | None = None, **kwargs: Any) -> None:
        errors = {"invalid": _("Vul een datum in die bestaat, zoals 31-12-2026.")} | kwargs.pop("error_messages", {})
        kwargs.setdefault("help_text", _("Dag, maand en jaar. Bijvoorbeeld: 31-12-2026"))
        widget = TextInput({"inputmode": "numeric", "autocomplete": kwargs.pop("autocomplete", "off")})
        super().__init__(input_formats=_FORMATS, error_messages=errors, widget=widget, **kwargs)
        self._earliest = earliest or date(1900, 1, 1)

    def prepare_value(self, value: Any) -> Any:
        """A date that is filled in already stands there as people write it."""
        return f"{value:%d-%m-%Y}" if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """The date, when it can be the date of a living person's life."""
        day = super().clean(value)
        if day is not None and not self._earliest <= day <= date(2100, 1, 1):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


def in_words(day: date) -> str:
    """A date for a screen: 31-12-2026."""
    return f"{day.day}-{day.month}-{day.year}"


def errors_of(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Every error with the id of the field it belongs to, for the summary at the top; "" for the form as a whole."""
    found = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        anchor = f"{bound.auto_id}_0" if isinstance(bound.field.widget, forms.RadioSelect) else bound.auto_id
        label = str(bound.label).partition(" (")[0]
        between = " " if label.endswith("?") else ": "
        found += [(anchor, f"{label}{between}{error}") for error in bound.errors]
    return found


def show_errors(form: forms.Form, error: ValidationError) -> None:
    """Put what an action refused beside the fields it names; what the form does not have stands at the top."""
    named = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
    for name, errors in named.items():
        form.add_error(name if name in form.fields else None, errors)
