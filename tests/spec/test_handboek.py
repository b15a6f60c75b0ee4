"""The rule manual says what the rules do."""

from html.parser import HTMLParser

from tests.spec.regel import all_regels
from tools import build_docs


def test_het_handboek_is_bij() -> None:
    assert build_docs.outdated() == [], "docs/regels loopt achter: draai make docs"


def test_elke_regel_heeft_een_eigen_pagina_met_gevallen() -> None:
    slugs = [regel.slug for regel in all_regels()]
    assert len(slugs) == len(set(slugs))
    assert all(len(regel.gevallen) >= 5 for regel in all_regels())


def test_elk_geval_heeft_een_eigen_titel_en_een_bron() -> None:
    for regel in all_regels():
        titels = [geval.titel for geval in regel.gevallen]
        assert len(titels) == len(set(titels))
        assert all(geval.bron for geval in regel.gevallen)


def test_elke_parameter_staat_bij_een_regel() -> None:
    from banenafspraak.wet import parameters

    shown = {naam for regel in all_regels() for naam in regel.parameters}
    every = {(r, naam) for r in parameters.regelingen() for naam in parameters.parameters(r)}
    # The codes of the wage return are a table for counting, not a rule with cases; their page shows them.
    assert every - shown == {("banenafspraak", "loonsoort"), ("banenafspraak", "aard_arbeidsverhouding")}


def test_de_pagina_s_wijzen_alleen_naar_bestaande_pagina_s() -> None:
    class Links(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: set[str] = set()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.found |= {value for name, value in attrs if name == "href" and value and "://" not in value}

    pages = build_docs.pages()
    reader = Links()
    for page in pages:
        reader.feed(build_docs.html(page, pages))
    assert reader.found == {build_docs._html_name(page) for page in pages}
