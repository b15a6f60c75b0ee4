"""A job in a few words for a list: at whom, where, and how many hours."""

from django.utils.translation import gettext as _

from banenafspraak.bemiddeling.vacaturerecord import VacatureRecord


def job_facts(record: VacatureRecord) -> tuple[str, ...]:
    """The employer, the place, and the hours; what is not known is left out."""
    low, high = record.aantal_werkuren_per_week_minimaal, record.aantal_werkuren_per_week_maximaal
    hours = ""
    if low is not None and high is not None and low != high:
        hours = _("%(van)d tot %(tot)d uur per week") % {"van": low, "tot": high}
    elif (only := high if high is not None else low) is not None:
        hours = _("%(uren)d uur per week") % {"uren": only}
    return tuple(one for one in (record.handelsnaam_organisatie, record.plaatsnaam, hours) if one)

