"""What Django's own fields say when something is wrong with an answer."""

import re

import pytest
from django import forms

FIELDS = sorted(
    (field for field in vars(forms).values() if isinstance(field, type) and issubclass(field, forms.Field)),
    key=lambda field: field.__name__,
)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.__name__)
def test_no_message_of_a_field_repeats_what_was_typed(field: type[forms.Field]) -> None:
    said = [str(text) for kind in field.__mro__ for text in getattr(kind, "default_error_messages", {}).values()]

    assert not [text for text in said if re.search(r"%\((value|pk)\)", text)]


def test_a_wrong_choice_is_named_in_plain_words() -> None:
    class Form(forms.Form):
        soort = forms.ChoiceField(choices=[("a", "A")])

    assert Form({"soort": "999990019"}).errors == {"soort": ["Kies een van de antwoorden die er staan."]}
