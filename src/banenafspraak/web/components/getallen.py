"""Amounts and hours as people write and read them: 1.234,5 in Dutch, 1,234.5 in English."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from banenafspraak.web.components.formulier import NumberInput
from banenafspraak.web.components.parts import MINUS, UNKNOWN

_THOUSANDS = re.compile(r"\d{1,3}([.]\d{3})+|\d{1,3}(,\d{3}){2,}")


class GetalField(forms.DecimalField):
    """A number, with or without dots between thousands and with a comma or a dot before the decimals."""

    widget = NumberInput

    def __init__(self, **kwargs: Any) -> None:
        said = _("Vul een getal in, zoals 40575 of 40.575,50.")
        wrong = dict.fromkeys(("invalid", "max_digits", "max_decimal_places", "max_whole_digits"), said)
        low = {"min_value": _("Dit getal is te laag.")} if "min_value" in kwargs else {}
        high = {"max_value": _("Dit getal is te hoog.")} if "max_value" in kwargs else {}
        errors = wrong | low | high | kwargs.pop("error_messages", {})
        super().__init__(max_digits=14, decimal_places=2, error_messages=errors, **kwargs)

    def to_python(self, value: Any) -> Any:
        """As people write it."""
        return super().to_python(as_typed(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else value


def as_typed(text: str) -> str:
    """The number with a dot before its decimals and nothing between its thousands; other text as it is."""
    bare = re.sub(r"[\s\u00a0€%]", "", text)
    if "," in bare and "." in bare:
        last = max(bare.rindex(","), bare.rindex("."))
        return re.sub("[.,]", "", bare[:last]) + "." + bare[last + 1 :]
    if _THOUSANDS.fullmatch(bare):
        return re.sub("[.,]", "", bare)
    return bare.replace(",", ".")


def decimal_text(value: Decimal | int | None, places: int = 2) -> str:
    """A number with at most so many decimals, as the language of the page writes it; a dash where there is none."""
    if value is None:
        return UNKNOWN
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{abs(rounded):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if translation.get_language() != "en":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if rounded < 0 else text


def euro(value: Decimal | None) -> str:
    """An amount in whole cents with its sign before it; a dash where there is none."""
    if value is None:
        return UNKNOWN
    text = f"{abs(value):,.2f}"
    if translation.get_language() != "en":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{MINUS if value < 0 else ''}€\N{NO-BREAK SPACE}{text}"
