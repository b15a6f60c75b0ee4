"""The factsheet as the parts of a page: the same for the public figures and for the unrounded ones."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from banenafspraak.metingen.grootheden import Kwartaal
from banenafspraak.metingen.rapportage import Beschutwerk, Factsheet, PerCategorie, Verloopdeel
from banenafspraak.web.components import charts
from banenafspraak.web.components.parts import (
    Figure,
    KeyFigure,
    Table,
    difference,
    number,
    percentage,
    quarter_name,
    quarter_short,
    table,
)


@dataclass(frozen=True)
class FactsheetPage:
    """Everything the template of a factsheet prints, in its order."""

    heading: str
    period: str
    peildatum: str
    key_figures: tuple[KeyFigure, ...]
    short: Table
    summary: tuple[str, ...]
    banen: Figure
    personen: Figure
    werkzaam: Figure
    werkenden: Table
    verloop: Figure | None
    uitstroom: Table | None
    uitstroom_text: str
    praktijkroute: Table
    praktijkroute_text: str
    aba: Table | None
    beschut_werk: Table | None
    beschut_werk_text: str


def build(factsheet: Factsheet) -> FactsheetPage:
    """The parts, in the language of the request."""
    verloop = factsheet.verloop
    return FactsheetPage(
        heading=factsheet.regio.naam,
        period=quarter_name(factsheet.kwartaal),
        peildatum=date_format(factsheet.peildatum, "j F Y"),
        key_figures=_key_figures(factsheet),
        short=_short(factsheet),
        summary=tuple(_summary(factsheet)),
        banen=_banen(factsheet),
        personen=_personen(factsheet),
        werkzaam=_werkzaam(factsheet),
        werkenden=_werkenden(factsheet),
        verloop=_verloop(factsheet) if verloop is not None else None,
        uitstroom=_uitstroom(factsheet) if verloop is not None and verloop.uitstroom.totaal else None,
        uitstroom_text=_uitstroom_text(factsheet),
        praktijkroute=_praktijkroute(factsheet),
        praktijkroute_text=_praktijkroute_text(factsheet),
        aba=_aba(factsheet) if factsheet.aba else None,
        beschut_werk=_beschut_werk(factsheet.beschut_werk) if factsheet.beschut_werk else None,
        beschut_werk_text=_beschut_werk_text(factsheet.beschut_werk) if factsheet.beschut_werk else "",
    )


def _key_figures(f: Factsheet) -> tuple[KeyFigure, ...]:
    banen_text = _("Een baan is 25,5 uur werk per week.")
    if f.banen.extra is not None:
        banen_text = _("%(extra)s vergeleken met eind 2012.") % {"extra": difference(f.banen.aantal, f.banen.nulmeting)}
    return (
        KeyFigure(_("Banen"), number(f.banen.aantal), banen_text),
        KeyFigure(
            _("Mensen in het doelgroepregister"),
            number(f.personen.aantal),
            _("Zij wonen in deze regio en horen bij de doelgroep."),
        ),
        KeyFigure(
            _("Mensen met werk"),
            number(f.werkzaam.aantal),
            _("Zij kregen in de laatste maand van het kwartaal loon."),
        ),
    )


def _short(f: Factsheet) -> Table:
    kwartaal = Kwartaal.parse(f.kwartaal)
    year, quarter = quarter_short(str(kwartaal.earlier(4))), quarter_short(str(kwartaal.earlier()))
    columns = (
        _("Cijfer"),
        quarter_short(f.kwartaal),
        _("Nulmeting (2012)"),
        _("Verschil met nulmeting"),
        year,
        _("Verschil met %(kwartaal)s") % {"kwartaal": year},
        quarter,
        _("Verschil met %(kwartaal)s") % {"kwartaal": quarter},
    )
    rows = [
        (
            name,
            [
                number(c.aantal),
                number(c.nulmeting),
                difference(c.aantal, c.nulmeting),
                number(c.jaar_eerder),
                difference(c.aantal, c.jaar_eerder),
                number(c.kwartaal_eerder),
                difference(c.aantal, c.kwartaal_eerder),
            ],
        )
        for name, c in (
            (_("Banen volgens de banenafspraak"), f.banen),
            (_("Mensen in het doelgroepregister"), f.personen),
            (_("Mensen met werk"), f.werkzaam),
        )
    ]
    return table(id="kort", caption=_("Vergelijking met eerdere metingen"), columns=columns, rows=rows, stack=True)


def _summary(f: Factsheet) -> list[str]:
    """The main points as sentences: what an adviser would copy first."""
    year, banen = f.peildatum.year, f.banen
    lines = []
    if banen.extra is not None:
        lines.append(
            _("Mensen uit deze regio vullen %(aantal)s banen. Eind 2012 waren dat er %(nulmeting)s.")
            % {"aantal": number(banen.aantal), "nulmeting": number(banen.nulmeting)}
        )
    if banen.doelstelling is not None and banen.extra is not None:
        lines.append(
            _(
                "Het richtgetal voor eind %(jaar)d is %(doel)s extra banen. Daarvan zijn er %(extra)s gehaald: "
                "%(percentage)s. Een richtgetal is geen verplichting: per regio is niets afgesproken."
            )
            % {
                "jaar": year,
                "doel": number(banen.doelstelling),
                "extra": number(banen.extra),
                "percentage": percentage(banen.percentage_doelstelling),
            }
        )
    else:
        lines.append(_("Voor deze regio kennen wij geen richtgetal voor eind %(jaar)d.") % {"jaar": year})
    if f.verloop is not None:
        lines.append(
            _("Dit kwartaal vonden %(vinders)s mensen werk en verloren %(verliezers)s mensen hun werk.")
            % {"vinders": number(f.verloop.baanvinders), "verliezers": number(f.verloop.baanverliezers)}
        )
    if f.werkenden:
        lines.append(
            _("Van de mensen met Wajong of Participatiewet werkt %(percentage)s.")
            % {"percentage": percentage(f.werkenden[-1].totaal.percentage)}
        )
    return lines


def _banen(f: Factsheet) -> Figure:
    share = f.banen.verdeling_percentage
    texts = [
        _(
            "De banen zijn verdeeld naar de werkgever waar iemand in dienst is: een bedrijf (markt), de overheid, of "
            "een uitzendbureau of detacheerder. Wie via een uitzendbureau werkt, werkt vaak bij een ander bedrijf of "
            "bij de overheid. Per regio is niet bekend bij wie."
        )
    ]
    if share is not None:
        texts.append(
            _("Nu is %(markt)s markt, %(overheid)s overheid en %(inleen)s uitzenden en detacheren.")
            % {
                "markt": percentage(share.markt),
                "overheid": percentage(share.overheid),
                "inleen": percentage(share.uitzend_detachering),
            }
        )
    rows = [
        (
            quarter_short(k.kwartaal),
            [
                number(k.banen.markt),
                number(k.banen.overheid),
                number(k.banen.uitzend_detachering),
                number(k.banen_totaal),
            ],
        )
        for k in f.reeks
    ]
    note = ""
    goal = charts.target_in_banen(f)
    if goal is not None:
        note = _(
            "Het gestippelde vak is het doel voor eind %(jaar)d: %(doel)s banen. Dat is de nulmeting plus het "
            "richtgetal."
        ) % {"jaar": f.peildatum.year, "doel": number(goal)}
    return Figure(
        id="banen",
        title=_("Grafiek 1. Banen"),
        texts=tuple(texts),
        svg=charts.banen(f),
        tables=(
            table(
                id="tabel-banen",
                caption=_("Banen per kwartaal"),
                columns=(
                    _("Kwartaal"),
                    _("Markt"),
                    _("Overheid"),
                    _("Uitzenden en detacheren"),
                    _("Alle banen"),
                ),
                rows=rows,
            ),
        ),
        note=note,
    )


def _categories(id: str, caption: str, values: list[tuple[str, PerCategorie]]) -> Table:
    rows = [
        (
            quarter_short(kwartaal),
            [
                number(c.wsw),
                number(c.wajong),
                number(c.participatiewet),
                number(c.wsw + c.wajong + c.participatiewet),
            ],
        )
        for kwartaal, c in values
    ]
    columns = (_("Kwartaal"), _("Wsw"), _("Wajong"), _("Participatiewet"), _("Samen"))
    return table(id=id, caption=caption, columns=columns, rows=rows)


def _personen(f: Factsheet) -> Figure:
    return Figure(
        id="personen",
        title=_("Grafiek 2. Mensen in het doelgroepregister"),
        texts=(
            _(
                "In het doelgroepregister staan mensen die onder de banenafspraak vallen, met werk en zonder werk. "
                "Iedereen telt één keer, in één groep."
            ),
        ),
        svg=charts.personen(f),
        tables=(
            _categories(
                "tabel-personen",
                _("Mensen in het doelgroepregister per kwartaal"),
                [(k.kwartaal, k.personen) for k in f.reeks],
            ),
        ),
    )


def _werkzaam(f: Factsheet) -> Figure:
    return Figure(
        id="werkzaam",
        title=_("Grafiek 3. Mensen met werk"),
        texts=(
            _(
                "Iemand heeft werk als hij of zij in de laatste maand van het kwartaal loon kreeg, van één of meer "
                "werkgevers. Ook een paar uur werk telt hier mee."
            ),
        ),
        svg=charts.werkzaam(f),
        tables=(
            _categories(
                "tabel-werkzaam",
                _("Mensen met werk per kwartaal"),
                [(k.kwartaal, k.werkzaam) for k in f.reeks],
            ),
        ),
    )


def _werkenden(f: Factsheet) -> Table:
    rows = [
        (
            quarter_short(k.kwartaal),
            [
                number(k.wajong.aantal),
                percentage(k.wajong.percentage),
                number(k.participatiewet.aantal),
                percentage(k.participatiewet.percentage),
                number(k.totaal.aantal),
                percentage(k.totaal.percentage),
            ],
        )
        for k in f.werkenden
    ]
    columns = (
        _("Kwartaal"),
        _("Wajong, aantal"),
        _("Wajong, deel dat werkt"),
        _("Participatiewet, aantal"),
        _("Participatiewet, deel dat werkt"),
        _("Samen, aantal"),
        _("Samen, deel dat werkt"),
    )
    caption = _("Mensen met werk in de groepen Wajong en Participatiewet")
    return table(id="tabel-werkenden", caption=caption, columns=columns, rows=rows, stack=True)


def _verloop(f: Factsheet) -> Figure:
    flow = f.verloop
    assert flow is not None
    names = {"wsw": _("Wsw"), "wajong": _("Wajong"), "participatiewet": _("Participatiewet")}
    shares: list[Verloopdeel] = [flow.per_categorie[key] for key in names]
    before, now = quarter_short(str(Kwartaal.parse(f.kwartaal).earlier())), quarter_short(f.kwartaal)
    kinds: list[tuple[str, Callable[[Verloopdeel], int]]] = [
        (_("Hielden werk"), lambda v: v.baanbehouders),
        (_("Vonden werk"), lambda v: v.baanvinders),
        (_("Verloren werk"), lambda v: v.baanverliezers),
        (_("Bleven zonder werk"), lambda v: v.niet_werkend_gebleven),
        (_("Nieuw erbij, met werk"), lambda v: v.instroom.werkend),
        (_("Nieuw erbij, zonder werk"), lambda v: v.instroom.niet_werkend),
        (_("Eruit, met werk"), lambda v: v.uitstroom.werkend),
        (_("Eruit, zonder werk"), lambda v: v.uitstroom.niet_werkend),
    ]
    rows = [(name, [*(number(of(share)) for share in shares), number(of(flow))]) for name, of in kinds]
    return Figure(
        id="verloop",
        title=_("Grafiek 4. Verloop van %(eerder)s naar %(nu)s") % {"eerder": before, "nu": now},
        texts=(
            _(
                "Links staan de mensen die aan het eind van %(eerder)s in het register van deze regio stonden. Rechts "
                "staan de mensen van %(nu)s. Wie verhuist naar een andere regio, gaat hier uit de cijfers."
            )
            % {"eerder": before, "nu": now},
        ),
        svg=charts.verloop(f),
        tables=(
            table(
                id="tabel-verloop",
                caption=_("Verloop naar groep"),
                columns=(_("Wat er gebeurde"), *names.values(), _("Samen")),
                rows=rows,
            ),
        ),
        note=_(
            "Deze cijfers gaan over mensen, niet over banen. Ze zijn niet te vergelijken met het verschil in banen: "
            "wie meer uren gaat werken, vindt geen werk maar vult wel een groter deel van een baan."
        ),
    )


def reason_name(reden: str) -> str:
    """Why somebody left the figures of the region, in words; the code itself for a reason we have no words for."""
    names = {
        "duurzaam_geen_arbeidsvermogen": _("Kan blijvend niet werken"),
        "vertrek_uit_regio": _("Verhuisd naar een andere regio"),
        "wsw_beschut_werk": _("Wsw, beschut werk"),
        "aow": _("AOW-leeftijd bereikt"),
        "overlijden": _("Overleden"),
        "beschikking_beschut_werk": _("Besluit beschut werk"),
        "vrijwillige_uitschrijving": _("Zelf gevraagd om uitschrijving"),
        "t_plus_2": _("Twee jaar niet meer in de doelgroep"),
        "overig": _("Andere reden"),
    }
    return names.get(reden, reden)


def _uitstroom(f: Factsheet) -> Table:
    flow = f.verloop
    assert flow is not None
    rows = [
        (reason_name(reden), [number(aantal), percentage(flow.uitstroomredenen_percentage.get(reden))])
        for reden, aantal in flow.uitstroomredenen.items()
    ]
    rows.append((_("Samen"), [number(flow.uitstroom.totaal), ""]))
    return table(
        id="tabel-uitstroom",
        caption=_("Waarom mensen uit de cijfers van deze regio gingen"),
        columns=(_("Reden"), _("Aantal"), _("Deel")),
        rows=rows,
        totals=frozenset({len(rows) - 1}),
    )


def _uitstroom_text(f: Factsheet) -> str:
    if f.verloop is None:
        return _("Er zijn geen cijfers van het kwartaal ervoor. Daarom is niet te zien wie erbij kwam en wie wegging.")
    weg = f.verloop.uitstroom.totaal
    if not weg:
        return _("Dit kwartaal ging niemand uit de cijfers van deze regio.")
    return ngettext(
        "Dit kwartaal ging %(aantal)s persoon uit de cijfers van deze regio.",
        "Dit kwartaal gingen %(aantal)s mensen uit de cijfers van deze regio.",
        weg,
    ) % {"aantal": number(weg)}


def _praktijkroute(f: Factsheet) -> Table:
    rows = [(quarter_short(k.kwartaal), [number(k.instroom)]) for k in f.praktijkroute]
    rows.append((_("Samen"), [number(sum(int(k.instroom) for k in f.praktijkroute))]))
    return table(
        id="tabel-praktijkroute",
        caption=_("Instroom via de Praktijkroute"),
        columns=(_("Kwartaal"), _("Mensen")),
        rows=rows,
        totals=frozenset({len(rows) - 1}),
    )


def _praktijkroute_text(f: Factsheet) -> str:
    return _(
        "Via de Praktijkroute komt iemand in het register als op de werkplek is gemeten dat hij of zij niet het hele "
        "minimumloon kan verdienen. De Praktijkroute bestaat sinds 1 januari 2017."
    )


def _aba(f: Factsheet) -> Table:
    rows = [
        (
            quarter_short(k.kwartaal),
            [
                number(k.beoordelingen),
                number(k.wajong_2015),
                number(k.doelgroep_banenafspraak),
                number(k.werken_met_voorziening),
                number(k.advies_beschut_werk),
                number(k.geen),
                number(k.van_gemeente),
            ],
        )
        for k in f.aba
    ]
    return table(
        id="tabel-aba",
        caption=_("Besluiten op aanvragen van een beoordeling arbeidsvermogen"),
        columns=(
            _("Kwartaal"),
            _("Beoordelingen"),
            _("Wajong 2015"),
            _("Doelgroep banenafspraak"),
            _("Werken met een voorziening"),
            _("Advies beschut werk"),
            _("Geen van deze"),
            _("Gevraagd door een gemeente"),
        ),
        rows=rows,
        stack=True,
    )


def _beschut_werk(b: Beschutwerk) -> Table:
    return table(
        id="tabel-beschut-werk",
        caption=_("Beschut werk op de peildatum"),
        columns=(_("Cijfer"), _("Mensen")),
        rows=[
            (_("Positief advies van UWV, tot nu toe"), [number(b.positief)]),
            (_("Negatief advies van UWV, tot nu toe"), [number(b.negatief)]),
            (_("Geplaatst op een beschutte werkplek"), [number(b.geplaatst)]),
        ],
    )


def _beschut_werk_text(b: Beschutwerk) -> str:
    if b.plaatsingspercentage is None or b.positief_kwartaal_eerder is None:
        return _("Een gemeente heeft na een positief advies tijd nodig om een werkplek te vinden.")
    return _(
        "Van elke 100 mensen met een positief advies aan het eind van het vorige kwartaal (%(aantal)s) werken er nu "
        "%(deel)s op een beschutte werkplek."
    ) % {"aantal": number(b.positief_kwartaal_eerder), "deel": b.plaatsingspercentage}
