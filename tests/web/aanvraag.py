"""Filling in the application as a citizen does it, page by page."""

from uuid import UUID

from django.test import Client

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"

STEPS: dict[str, dict[str, str]] = {
    "persoon": {
        "naam": "Nieke Nieuw",
        "geboortedatum": "01-05-1990",
        "adres": "Kerkstraat 1",
        "postcode": "1211 AB",
        "plaats": "Hilversum",
        "woongemeente": "GM0402",
    },
    "vraag": {"soort": "weet_niet"},
    "school": {"onderwijs": "geen"},
    "werk": {"heeft_werk": "nee", "werk": "Ik liep stage in een kas."},
    "gezondheid": {"wat_is_moeilijk": "Ik word snel moe."},
}


def fill_in(client: Client, *, until: str = "gezondheid") -> UUID:
    """Fill in the steps up to this one; the id of the aanvraag."""
    begun = client.post("/burger/aanvraag/begin/", STEPS["persoon"])
    made = UUID(begun["Location"].split("/")[3])
    names = list(STEPS)
    for stap in names[1 : names.index(until) + 1]:
        answer = client.post(f"/burger/aanvraag/{made}/stap/{stap}/", STEPS[stap])
        assert answer.status_code == 302, answer.content.decode()
    return made


def send(client: Client) -> UUID:
    """Fill in everything and send it; the id of the aanvraag."""
    made = fill_in(client)
    client.post(f"/burger/aanvraag/{made}/controleren/")
    return made
