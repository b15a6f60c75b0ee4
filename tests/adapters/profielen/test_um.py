"""UM 0.8.7, which is read and never written."""

import pytest

from tests.adapters.profielen.vormen import as_json, fault, one


def um(**fields: object) -> bytes:
    return as_json({"idWerkzoekende": "k-1"} | fields)


@pytest.mark.parametrize(("code", "km"), [(1, 5), (4, 25), (9, 150), (0, None)])
def test_a_radius_is_a_distance(code: int, km: int | None) -> None:
    assert one(um(flexibiliteit={"codeRegiostraal": code}), "um").record.maximale_reisafstand == km


def test_a_distance_goes_before_a_radius() -> None:
    content = um(flexibiliteit={"codeRegiostraal": 9}, mobiliteit={"maximaleReisafstand": 12})
    assert one(content, "um").record.maximale_reisafstand == 12


def test_a_named_occupation_is_a_kind_of_work_or_an_interest() -> None:
    found = one(
        um(
            bemiddelingsberoep=[
                {"naamBeroepOngecodeerd": "Glazenwasser"},
                {"codeBeroepsnaam": "12345", "omschrijvingBeroepsnaam": "Sterrenkundig rekenmeester"},
                {"beroepsnaamGecodeerd": {"codeBeroepsnaam": "77", "omschrijvingBeroepsnaam": "Tuinman"}},
                {"codeBeroepsnaam": "4711"},
            ]
        ),
        "um",
    ).record
    assert found.werksoorten == ("glazenwasser", "tuinman")
    assert found.interesses == ("Sterrenkundig rekenmeester", "BO&C 4711")
    assert found.bemiddelingsberoepen == ()


def test_an_education_has_a_code_or_a_name() -> None:
    found = one(
        um(
            arbeidsmarktkwalificatie={
                "opleiding": [
                    {"opleidingsnaam": {"codeOpleidingsnaam": 9999999999, "omschrijvingOpleidingsnaam": "Kok"}},
                    {"opleidingsnaam": {"naamOpleidingOngecodeerd": "Lassen", "omschrijvingOpleiding": "Bij de baas"}},
                ],
                "werkervaring": [{"beroep": {"naamBeroepOngecodeerd": "Afwasser"}, "naamOrganisatie": "De Pan"}],
            }
        ),
        "um",
    ).record
    assert found.opleidingen is not None
    assert [(one.code_opleidingsnaam, one.naam_opleiding, one.toelichting) for one in found.opleidingen] == [
        ("9999999999", "Kok", ""),
        ("", "Lassen", "Bij de baas"),
    ]
    assert found.werkervaringen is not None
    assert (found.werkervaringen[0].werksoort, found.werkervaringen[0].naam_organisatie) == ("afwasser", "De Pan")


def test_behaviour_and_skills_are_told_in_the_presentation_when_they_are_mastered() -> None:
    found = one(
        um(
            persoonlijkePresentatie="Hallo.",
            arbeidsmarktkwalificatie={
                "gedragscompetentie": [
                    {"codeGedragscompetentie": 24105, "codeBeheersingGedragscompetentie": 1},
                    {"codeGedragscompetentie": 24123, "codeBeheersingGedragscompetentie": 4},
                ],
                "vakvaardigheid": [{"omschrijving": "Heftruck rijden"}],
            },
        ),
        "um",
    ).record
    assert found.persoonlijke_presentatie == "Hallo.\nKan goed: Heftruck rijden.\nSterk in: Samenwerken en overleggen."
    assert found.competenties == ()


def test_an_unknown_competence_is_a_fault() -> None:
    content = um(arbeidsmarktkwalificatie={"gedragscompetentie": [{"codeGedragscompetentie": 24103}]})
    assert "codeGedragscompetentie" in fault(content, "um").melding
