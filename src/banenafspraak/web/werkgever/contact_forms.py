"""Forms of an employer around contact: ask, narrow the list, and say what came of it."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from banenafspraak.bemiddeling.contact import MAX_AANTAL, MAX_TEKST
from banenafspraak.bemiddeling.contactwoorden import Contactdoel, Contactuitkomst
from banenafspraak.web.components.formulier import Form, NumberInput, RadioSelect, Select, Textarea
from banenafspraak.web.contactwoorden import DOELEN, UITKOMSTEN


class VraagForm(Form):
    """What the work is, what is offered, and how many people. `sleutel` makes a second press the same request."""

    doel = forms.ChoiceField(
        label=_("Wat biedt u?"),
        choices=[(d.value, DOELEN[d]) for d in Contactdoel],
        error_messages={"required": _("Kies wat u biedt.")},
        widget=RadioSelect,
    )
    vacature_tekst = forms.CharField(
        label=_("Welk werk is het?"),
        help_text=_("Schrijf kort wat iemand gaat doen. Noem geen namen of nummers van mensen."),
        max_length=MAX_TEKST,
        error_messages={"required": _("Schrijf op welk werk het is.")},
        widget=Textarea,
    )
    aanbod = forms.CharField(
        label=_("Wat kan iemand van u verwachten?"),
        help_text=_("Bijvoorbeeld: uren, plaats, loon, begeleiding en wanneer het begint."),
        max_length=MAX_TEKST,
        error_messages={"required": _("Schrijf op wat iemand van u kan verwachten.")},
        widget=Textarea,
    )
    aantal = forms.IntegerField(
        label=_("Met hoeveel mensen wilt u contact?"),
        help_text=_("Van 1 tot en met 10."),
        min_value=1,
        max_value=MAX_AANTAL,
        initial=1,
        error_messages={"required": _("Vul een getal in van 1 tot en met 10.")},
        widget=NumberInput({"inputmode": "numeric"}),
    )
    sleutel = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class VerzoekenForm(Form):
    """Which of the own requests to show; stands in the address."""

    stand = forms.ChoiceField(
        label=_("Welke verzoeken"),
        choices=[("", _("Alle")), ("lopend", _("Die nog lopen")), ("klaar", _("Die klaar zijn"))],
        required=False,
        widget=Select,
    )


class UitkomstForm(Form):
    """What came of one contact."""

    uitkomst = forms.ChoiceField(
        label=_("Wat is ervan gekomen?"),
        choices=[("", _("Kies")), *((u.value, UITKOMSTEN[u]) for u in Contactuitkomst)],
        error_messages={"required": _("Kies wat ervan is gekomen.")},
        widget=Select,
    )
