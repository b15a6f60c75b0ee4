"""Every address of the human doors and the public API."""

from django.urls import path, register_converter

from banenafspraak.web import operations
from banenafspraak.web.api import docs
from banenafspraak.web.api.openapi import openapi_json
from banenafspraak.web.api.routes import api
from banenafspraak.web.beleid import views as beleid
from banenafspraak.web.beleid import wsp as beleid_wsp
from banenafspraak.web.bemiddelaar import aanvraag_views as gemeente
from banenafspraak.web.bemiddelaar import college_views as college
from banenafspraak.web.bemiddelaar import contact as bemiddelaar_contact
from banenafspraak.web.bemiddelaar import gemeente as inwoners
from banenafspraak.web.bemiddelaar import matches, mensen, profielen, profielimport, voordrachten, wsp
from banenafspraak.web.bemiddelaar import plaatsingen as bemiddelaar_plaatsingen
from banenafspraak.web.bemiddelaar import vacatures as bemiddelaar_vacatures
from banenafspraak.web.bemiddelaar import werkgevers as bemiddelaar_werkgevers
from banenafspraak.web.beoordelaar import herstel as beoordelaar_herstel
from banenafspraak.web.beoordelaar import meldingen as beoordelaar_meldingen
from banenafspraak.web.beoordelaar import populatie as beoordelaar_populatie
from banenafspraak.web.beoordelaar import uitschrijf_views as uitschrijvingen
from banenafspraak.web.beoordelaar import views as beoordelaar
from banenafspraak.web.burger import aanvraag_uitschrijven as uitschrijven
from banenafspraak.web.burger import aanvraag_views as aanvraag
from banenafspraak.web.burger import banen, codes, inzage, profiel, vindbaar
from banenafspraak.web.burger import contact as burger_contact
from banenafspraak.web.burger import financieelcv as burger_financieelcv
from banenafspraak.web.burger import plaatsingen as burger_plaatsingen
from banenafspraak.web.openbaar import bevestigen, contactpunten, financieelcv, inloggen, uitleg
from banenafspraak.web.openbaar import quotum as openbaar_quotum
from banenafspraak.web.openbaar import vacatures as openbare_vacatures
from banenafspraak.web.openbaar import views as openbaar
from banenafspraak.web.toezicht import blokkades
from banenafspraak.web.toezicht import meldingen as toezicht_meldingen
from banenafspraak.web.werkgever import contact as werkgever_contact
from banenafspraak.web.werkgever import financieelcv as werkgever_financieelcv
from banenafspraak.web.werkgever import kandidaten, tevredenheid
from banenafspraak.web.werkgever import plaatsingen as werkgever_plaatsingen
from banenafspraak.web.werkgever import quotum as werkgever_quotum
from banenafspraak.web.werkgever import vacatures as werkgever_vacatures
from banenafspraak.web.werkgever import views as werkgever


class RegioConverter:
    """The code of a region, or NL for the whole country."""

    regex = "AM[0-9]{2}|NL"

    def to_python(self, value: str) -> str:
        """The code as it is."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it is."""
        return value


class KwartaalConverter(RegioConverter):
    """A quarter, such as 2018Q1."""

    regex = "[0-9]{4}Q[1-4]"


class OperatieConverter(RegioConverter):
    """The number of an action in the logboek."""

    regex = "[0-9a-f]{16}"


class AntwoordConverter(RegioConverter):
    """What somebody answered to the question whether they are available."""

    regex = "ja|nee|pauze"


class KvkConverter(RegioConverter):
    """A number of the Chamber of Commerce."""

    regex = "[0-9]{8}"


register_converter(KvkConverter, "kvk")
register_converter(AntwoordConverter, "antwoord")
register_converter(RegioConverter, "regio")
register_converter(KwartaalConverter, "kwartaal")
register_converter(OperatieConverter, "operatie")

urlpatterns = [
    path("", openbaar.home, name="home"),
    path("cijfers/", openbaar.figures_index, name="figures"),
    path("cijfers/<regio:regio>/<kwartaal:kwartaal>/", openbaar.factsheet, name="factsheet"),
    path("cijfers/<regio:regio>/<kwartaal:kwartaal>.csv", openbaar.factsheet_csv, name="factsheet-csv"),
    path("cijfers/<regio:regio>/<kwartaal:kwartaal>.json", openbaar.factsheet_json, name="factsheet-json"),
    path("cijfers/<regio:regio>/<kwartaal:kwartaal>/uitleg/", uitleg.counting, name="counting"),
    path("financieel-cv/", financieelcv.page, name="financieel-cv"),
    path("inloggen/", inloggen.sign_in, name="login"),
    path("inloggen/rol/", inloggen.choose_role, name="choose-role"),
    path("uitloggen/", inloggen.sign_out, name="logout"),
    path("taal/", inloggen.choose_language, name="language"),
    path("over/", openbaar.about, name="about"),
    path("toegankelijkheid/", openbaar.accessibility, name="accessibility"),
    path("kwetsbaarheid-melden/", openbaar.security, name="security"),
    path("beleid/cijfers/", beleid.index, name="internal-figures"),
    path("beleid/cijfers/<regio:regio>/<kwartaal:kwartaal>/", beleid.factsheet, name="internal-factsheet"),
    path("beleid/wsp/", beleid_wsp.index, name="beleid-wsp"),
    path("beleid/wsp/<regio:regio>/", beleid_wsp.figures, name="beleid-wsp-regio"),
    path("beleid/wsp/<regio:regio>/jaarverslag/", beleid_wsp.report, name="beleid-wsp-jaarverslag"),
    path("beleid/wsp/<regio:regio>.csv", beleid_wsp.figures_csv, name="beleid-wsp-csv"),
    path("beleid/wsp/<regio:regio>.json", beleid_wsp.figures_json, name="beleid-wsp-json"),
    path("contactpunt/", contactpunten.index, name="contactpunten"),
    path("contactpunt/<regio:regio>/", contactpunten.detail, name="contactpunt"),
    path("contactpunt/<regio:regio>/wijzigen/", contactpunten.change, name="contactpunt-wijzigen"),
    path("bemiddelaar/wsp/", wsp.index, name="wsp"),
    path("bemiddelaar/wsp/vacatures.csv", wsp.vacatures_csv, name="wsp-vacatures-csv"),
    path("bemiddelaar/wsp/mensen/", wsp.people, name="wsp-mensen"),
    path("bemiddelaar/wsp/mensen.csv", wsp.people_csv, name="wsp-mensen-csv"),
    path("bemiddelaar/wsp/cijfers/", wsp.figures, name="wsp-cijfers"),
    path("bemiddelaar/wsp/cijfers.csv", wsp.figures_csv, name="wsp-cijfers-csv"),
    path("bemiddelaar/wsp/cijfers.json", wsp.figures_json, name="wsp-cijfers-json"),
    path("bemiddelaar/wsp/jaarverslag/", wsp.report, name="wsp-jaarverslag"),
    path("bemiddelaar/wsp/toelichtingen/", wsp.remarks, name="wsp-toelichtingen"),
    path("werkgever/mening/", tevredenheid.index, name="employer-opinions"),
    path("werkgever/mening/<slug:soort>/<uuid:over>/", tevredenheid.question, name="employer-opinion"),
    path("burger/aanvraag/", aanvraag.index, name="burger-aanvraag"),
    path("burger/aanvraag/begin/", aanvraag.begin, name="burger-aanvraag-begin"),
    path("burger/aanvraag/<uuid:aanvraag_id>/", aanvraag.status, name="burger-aanvraag-status"),
    path("burger/aanvraag/<uuid:aanvraag_id>/stap/<slug:stap>/", aanvraag.step, name="burger-aanvraag-stap"),
    path("burger/aanvraag/<uuid:aanvraag_id>/documenten/", aanvraag.documents, name="burger-aanvraag-documenten"),
    path(
        "burger/aanvraag/<uuid:aanvraag_id>/documenten/<uuid:document_id>/",
        aanvraag.document,
        name="burger-aanvraag-document",
    ),
    path(
        "burger/aanvraag/<uuid:aanvraag_id>/documenten/<uuid:document_id>/weg/",
        aanvraag.remove_document,
        name="burger-aanvraag-document-weg",
    ),
    path("burger/aanvraag/<uuid:aanvraag_id>/controleren/", aanvraag.check, name="burger-aanvraag-controleren"),
    path("burger/aanvraag/<uuid:aanvraag_id>/verstuurd/", aanvraag.sent, name="burger-aanvraag-verstuurd"),
    path("burger/aanvraag/<uuid:aanvraag_id>/aanvullen/", aanvraag.complete, name="burger-aanvraag-aanvullen"),
    path("burger/aanvraag/<uuid:aanvraag_id>/intrekken/", aanvraag.withdraw, name="burger-aanvraag-intrekken"),
    path("burger/aanvraag/<uuid:aanvraag_id>/brief/<slug:brief>.pdf", aanvraag.letter, name="burger-aanvraag-brief"),
    path("burger/uitschrijven/", uitschrijven.index, name="burger-uitschrijven"),
    path("burger/uitschrijven/<uuid:verzoek_id>/", uitschrijven.status, name="burger-uitschrijven-status"),
    path("burger/uitschrijven/<uuid:verzoek_id>/besluit.pdf", uitschrijven.letter, name="burger-uitschrijven-brief"),
    path("bemiddelaar/aanvragen/", gemeente.index, name="gemeente-aanvragen"),
    path("bemiddelaar/aanvragen/nieuw/", gemeente.begin, name="gemeente-aanvraag-nieuw"),
    path("bemiddelaar/aanvragen/<uuid:aanvraag_id>/", gemeente.detail, name="gemeente-aanvraag"),
    path("bemiddelaar/aanvragen/<uuid:aanvraag_id>/actie/", gemeente.act, name="gemeente-aanvraag-actie"),
    path("bemiddelaar/aanvragen/<uuid:aanvraag_id>/intrekken/", gemeente.withdraw, name="gemeente-aanvraag-intrekken"),
    path(
        "bemiddelaar/aanvragen/<uuid:aanvraag_id>/documenten/<uuid:document_id>/",
        gemeente.document,
        name="gemeente-document",
    ),
    path(
        "bemiddelaar/aanvragen/<uuid:aanvraag_id>/documenten/<uuid:document_id>/weg/",
        gemeente.remove_document,
        name="gemeente-document-weg",
    ),
    path("bemiddelaar/beschut-werk/", college.advices, name="gemeente-adviezen"),
    path("bemiddelaar/beschut-werk/<uuid:advies_id>/", college.advice, name="gemeente-advies"),
    path("bemiddelaar/loonwaarde/", college.wage_values, name="gemeente-loonwaarden"),
    path("bemiddelaar/loonwaarde/nieuw/", college.wage_value, name="gemeente-loonwaarde-nieuw"),
    path("bemiddelaar/berichten/", college.notices, name="gemeente-berichten"),
    path("bemiddelaar/berichten/<uuid:bericht_id>/", college.notice, name="gemeente-bericht"),
    path("beoordelaar/", beoordelaar.index, name="beoordelaar"),
    path("beoordelaar/aanvragen/<uuid:aanvraag_id>/", beoordelaar.case, name="beoordelaar-aanvraag"),
    path("beoordelaar/aanvragen/<uuid:aanvraag_id>/actie/", beoordelaar.act, name="beoordelaar-actie"),
    path(
        "beoordelaar/aanvragen/<uuid:aanvraag_id>/documenten/<uuid:document_id>/",
        beoordelaar.document,
        name="beoordelaar-document",
    ),
    path("beoordelaar/aanvragen/<uuid:aanvraag_id>/vraag/", beoordelaar.question, name="beoordelaar-vraag"),
    path(
        "beoordelaar/aanvragen/<uuid:aanvraag_id>/vraag/<slug:feit>/",
        beoordelaar.question,
        name="beoordelaar-antwoord",
    ),
    path("beoordelaar/aanvragen/<uuid:aanvraag_id>/aanvulling/", beoordelaar.ask_more, name="beoordelaar-aanvulling"),
    path("beoordelaar/aanvragen/<uuid:aanvraag_id>/verlengen/", beoordelaar.extend, name="beoordelaar-verlengen"),
    path("beoordelaar/aanvragen/<uuid:aanvraag_id>/bezwaar/", beoordelaar.objection, name="beoordelaar-bezwaar"),
    path("beoordelaar/aanvragen/<uuid:aanvraag_id>/beslissen/", beoordelaar.decide, name="beoordelaar-beslissen"),
    path("beoordelaar/aanvragen/<uuid:aanvraag_id>/uitkomst/", beoordelaar.outcome, name="beoordelaar-uitkomst"),
    path(
        "beoordelaar/aanvragen/<uuid:aanvraag_id>/brief/<slug:brief>.pdf", beoordelaar.letter, name="beoordelaar-brief"
    ),
    path("beoordelaar/uitschrijvingen/", uitschrijvingen.index, name="beoordelaar-uitschrijvingen"),
    path("beoordelaar/uitschrijvingen/<uuid:verzoek_id>/", uitschrijvingen.case, name="beoordelaar-uitschrijving"),
    path(
        "beoordelaar/uitschrijvingen/<uuid:verzoek_id>/actie/",
        uitschrijvingen.act,
        name="beoordelaar-uitschrijving-actie",
    ),
    path(
        "beoordelaar/uitschrijvingen/<uuid:verzoek_id>/vraag/",
        uitschrijvingen.question,
        name="beoordelaar-uitschrijving-vraag",
    ),
    path(
        "beoordelaar/uitschrijvingen/<uuid:verzoek_id>/vraag/<slug:feit>/",
        uitschrijvingen.question,
        name="beoordelaar-uitschrijving-antwoord",
    ),
    path(
        "beoordelaar/uitschrijvingen/<uuid:verzoek_id>/werkgever/",
        uitschrijvingen.employer,
        name="beoordelaar-uitschrijving-werkgever",
    ),
    path(
        "beoordelaar/uitschrijvingen/<uuid:verzoek_id>/besluit.pdf",
        uitschrijvingen.letter,
        name="beoordelaar-uitschrijving-brief",
    ),
    path("burger/", inzage.home, name="burger"),
    path("burger/wie-keek/", inzage.looks, name="burger-blikken"),
    path("burger/wie-keek/<operatie:blik>/klopt-niet/", inzage.report, name="burger-klopt-niet-blik"),
    path("burger/klopt-niet/", inzage.report, name="burger-klopt-niet"),
    path("burger/klopt-niet/<int:registratie_id>/", inzage.report, name="burger-klopt-niet-registratie"),
    path("burger/meldingen/", inzage.reports, name="burger-meldingen"),
    path("burger/meldingen/<uuid:melding_id>/", inzage.report_detail, name="burger-melding"),
    path("burger/meldingen/<uuid:melding_id>/intrekken/", inzage.withdraw, name="burger-melding-intrekken"),
    path("burger/profiel/vindbaar/", vindbaar.index, name="burger-vindbaar"),
    path("burger/profiel/vindbaar/eigen-kaart/", vindbaar.show, name="burger-vindbaar-tonen"),
    path("burger/profiel/vindbaar/stoppen/", vindbaar.take_back, name="burger-vindbaar-stoppen"),
    path("burger/profiel/vindbaar/delen/", vindbaar.share, name="burger-delen"),
    path("burger/profiel/vindbaar/verbergen/<int:organisatie_id>/", vindbaar.hide, name="burger-verbergen"),
    path("burger/profiel/vindbaar/weer-tonen/<int:organisatie_id>/", vindbaar.unhide, name="burger-weer-tonen"),
    path("burger/codes/", codes.index, name="burger-codes"),
    path("burger/codes/<uuid:code_id>/intrekken/", codes.withdraw, name="burger-code-intrekken"),
    path("burger/gegevens/", inzage.data, name="burger-gegevens"),
    path("burger/gegevens/json/", inzage.data_json, name="burger-gegevens-json"),
    path("burger/gegevens/pdf/", inzage.data_pdf, name="burger-gegevens-pdf"),
    path("burger/financieel-cv/", burger_financieelcv.page, name="burger-financieel-cv"),
    path("burger/banen/", banen.index, name="burger-banen"),
    path("burger/profiel/", profiel.overview, name="burger-profiel"),
    path("burger/profiel/zichtbaar/", profiel.visible, name="burger-profiel-zichtbaar"),
    path("burger/profiel/nog-beschikbaar/", profiel.still_available, name="burger-profiel-beschikbaar"),
    path("burger/profiel/<slug:stap>/", profiel.step, name="burger-profiel-stap"),
    path("bevestigen/klaar/<antwoord:antwoord>/", bevestigen.done, name="bevestigd"),
    path("bevestigen/<slug:geheim>/", bevestigen.ask, name="bevestigen"),
    path("bemiddelaar/profielen/", profielen.index, name="bemiddelaar-profielen"),
    path("bemiddelaar/profielen/<uuid:persoon_id>/", profielen.detail, name="bemiddelaar-profiel"),
    path("bemiddelaar/profielen/<uuid:persoon_id>/zichtbaar/", profielen.visible, name="bemiddelaar-profiel-zichtbaar"),
    path("bemiddelaar/profielen/<uuid:persoon_id>/<slug:stap>/", profielen.step, name="bemiddelaar-profiel-stap"),
    path("bemiddelaar/profielen/import/", profielimport.index, name="profielimport"),
    path("bemiddelaar/profielen/import/<uuid:upload_id>/", profielimport.preview, name="profielimport-preview"),
    path(
        "bemiddelaar/profielen/import/<uuid:upload_id>/kolommen/", profielimport.columns, name="profielimport-kolommen"
    ),
    path("bemiddelaar/profielen/import/<uuid:upload_id>/inlezen/", profielimport.commit, name="profielimport-commit"),
    path("bemiddelaar/profielen/export/", profielimport.export, name="profielexport"),
    path("bemiddelaar/profielen/cijfers/", profielimport.figures, name="profielcijfers"),
    path("bemiddelaar/profielen/cijfers.csv", profielimport.figures_csv, name="profielcijfers-csv"),
    path("bemiddelaar/", mensen.home, name="bemiddelaar"),
    path("bemiddelaar/mensen/", mensen.index, name="bemiddelaar-mensen"),
    path("bemiddelaar/mensen/<uuid:persoon_id>/", mensen.detail, name="bemiddelaar-mens"),
    path("bemiddelaar/mensen/<uuid:persoon_id>/banen/", matches.jobs, name="bemiddelaar-mens-banen"),
    path("bemiddelaar/vacatures/<uuid:vacature_id>/matches/", matches.people, name="bemiddelaar-matches"),
    path("bemiddelaar/verzoeken/", bemiddelaar_contact.worklist, name="bemiddelaar-verzoeken"),
    path("bemiddelaar/verzoeken/<uuid:voorstel_id>/", bemiddelaar_contact.detail, name="bemiddelaar-verzoek"),
    path("bemiddelaar/verzoeken/<uuid:voorstel_id>/ja/", bemiddelaar_contact.pass_on, name="bemiddelaar-verzoek-ja"),
    path(
        "bemiddelaar/toestemmingen/<uuid:toestemming_id>/intrekken/",
        bemiddelaar_contact.withdraw,
        name="bemiddelaar-toestemming-intrekken",
    ),
    path("bemiddelaar/plaatsingen/", bemiddelaar_plaatsingen.index, name="bemiddelaar-plaatsingen"),
    path("bemiddelaar/plaatsingen/loon/", bemiddelaar_plaatsingen.wages, name="bemiddelaar-plaatsingen-loon"),
    path(
        "bemiddelaar/plaatsingen/nieuw/<uuid:persoon_id>/",
        bemiddelaar_plaatsingen.new,
        name="bemiddelaar-plaatsing-nieuw",
    ),
    path("bemiddelaar/plaatsingen/<uuid:plaatsing_id>/", bemiddelaar_plaatsingen.detail, name="bemiddelaar-plaatsing"),
    path(
        "bemiddelaar/plaatsingen/<uuid:plaatsing_id>/wijzigen/",
        bemiddelaar_plaatsingen.change,
        name="bemiddelaar-plaatsing-wijzigen",
    ),
    path(
        "bemiddelaar/plaatsingen/<uuid:plaatsing_id>/vervolg/",
        bemiddelaar_plaatsingen.follow_up,
        name="bemiddelaar-plaatsing-vervolg",
    ),
    path(
        "bemiddelaar/plaatsingen/<uuid:plaatsing_id>/actie/",
        bemiddelaar_plaatsingen.act,
        name="bemiddelaar-plaatsing-actie",
    ),
    path("bemiddelaar/voordrachten/", voordrachten.index, name="bemiddelaar-voordrachten"),
    path("bemiddelaar/voordrachten/nieuw/<uuid:vacature_id>/", voordrachten.new, name="bemiddelaar-voordragen"),
    path("bemiddelaar/voordrachten/<uuid:verzoek_id>/", voordrachten.detail, name="bemiddelaar-voordracht"),
    path("bemiddelaar/voordrachten/<uuid:verzoek_id>/actie/", voordrachten.act, name="bemiddelaar-voordracht-actie"),
    path("bemiddelaar/werkgevers/", bemiddelaar_werkgevers.index, name="bemiddelaar-werkgevers"),
    path("bemiddelaar/werkgevers/<kvk:kvk>/", bemiddelaar_werkgevers.detail, name="bemiddelaar-werkgever"),
    path("bemiddelaar/werkgevers/<kvk:kvk>/rust/", bemiddelaar_werkgevers.rest, name="bemiddelaar-werkgever-rust"),
    path("werkgever/plaatsingen/", werkgever_plaatsingen.placements, name="employer-placements"),
    path("werkgever/voordrachten/", werkgever_plaatsingen.presented, name="employer-presented"),
    path(
        "werkgever/voordrachten/<uuid:toestemming_id>/",
        werkgever_plaatsingen.candidate,
        name="employer-presented-candidate",
    ),
    path("werkgever/rust/", werkgever_plaatsingen.rest, name="employer-rest"),
    path("burger/werk/", burger_plaatsingen.index, name="burger-plaatsingen"),
    path("burger/werk/<uuid:plaatsing_id>/delen/", burger_plaatsingen.share, name="burger-plaatsing-delen"),
    path("burger/contact/", burger_contact.index, name="burger-contact"),
    path("burger/contact/<uuid:voorstel_id>/", burger_contact.question, name="burger-contactvraag"),
    path("burger/contact/<uuid:voorstel_id>/nee/", burger_contact.decline, name="burger-contact-nee"),
    path(
        "burger/contact/toestemmingen/<uuid:toestemming_id>/intrekken/",
        burger_contact.withdraw,
        name="burger-toestemming-intrekken",
    ),
    path("werkgever/verzoeken/", werkgever_contact.index, name="employer-requests"),
    path("werkgever/verzoeken/<uuid:verzoek_id>/", werkgever_contact.detail, name="employer-request"),
    path("werkgever/verzoeken/<uuid:verzoek_id>/stoppen/", werkgever_contact.stop, name="employer-request-stop"),
    path(
        "werkgever/verzoeken/<uuid:verzoek_id>/uitkomst/<uuid:toestemming_id>/",
        werkgever_contact.outcome,
        name="employer-request-outcome",
    ),
    path("werkgever/kandidaten/<slug:kaart>/vraag/", werkgever_contact.ask, name="employer-ask"),
    path("bemiddelaar/inwoner/", inwoners.inwoner, name="inwoner"),
    path("bemiddelaar/populatie/", inwoners.overview, name="populatie"),
    path("bemiddelaar/populatie/wijzigingen/", inwoners.changes, name="populatie-changes"),
    path("bemiddelaar/populatie/afsluiten/", inwoners.close, name="populatie-close"),
    path("bemiddelaar/populatiebestand/", inwoners.requests, name="populatieverzoeken"),
    path("bemiddelaar/populatiebestand/<uuid:verzoek_id>/", inwoners.request_detail, name="populatieverzoek"),
    path(
        "bemiddelaar/populatiebestand/<uuid:verzoek_id>/actie/", inwoners.request_action, name="populatieverzoek-actie"
    ),
    path("bemiddelaar/populatielevering/<uuid:levering_id>/", inwoners.fetch, name="populatielevering"),
    path("beoordelaar/meldingen/", beoordelaar_meldingen.index, name="beoordelaar-meldingen"),
    path("beoordelaar/meldingen/<uuid:melding_id>/", beoordelaar_meldingen.detail, name="beoordelaar-melding"),
    path(
        "beoordelaar/meldingen/<uuid:melding_id>/registraties/",
        beoordelaar_herstel.registrations,
        name="beoordelaar-registraties",
    ),
    path(
        "beoordelaar/meldingen/<uuid:melding_id>/registraties/nieuw/",
        beoordelaar_herstel.change,
        name="beoordelaar-registratie-nieuw",
    ),
    path(
        "beoordelaar/meldingen/<uuid:melding_id>/registraties/<int:registratie_id>/",
        beoordelaar_herstel.change,
        name="beoordelaar-registratie",
    ),
    path(
        "beoordelaar/meldingen/<uuid:melding_id>/registraties/<int:registratie_id>/vervallen/",
        beoordelaar_herstel.lapse,
        name="beoordelaar-registratie-vervallen",
    ),
    path("beoordelaar/populatie/", beoordelaar_populatie.index, name="beoordelaar-populatie"),
    path("beoordelaar/populatie/<uuid:verzoek_id>/", beoordelaar_populatie.detail, name="beoordelaar-populatieverzoek"),
    path("toezicht/meldingen/", toezicht_meldingen.index, name="toezicht-meldingen"),
    path("toezicht/meldingen/<uuid:melding_id>/", toezicht_meldingen.detail, name="toezicht-melding"),
    path("werkgever/", werkgever.hub, name="employer"),
    path("werkgever/kandidaten/", kandidaten.search, name="employer-candidates"),
    path("werkgever/kandidaten/bewaard/", kandidaten.kept, name="employer-kept"),
    path("werkgever/kandidaten/bewaard/<uuid:kaart_id>/weg/", kandidaten.discard, name="employer-card-discard"),
    path("werkgever/kandidaten/zoekopdracht/", kandidaten.keep_search, name="employer-search-keep"),
    path(
        "werkgever/kandidaten/zoekopdracht/<uuid:zoekopdracht_id>/weg/",
        kandidaten.discard_search,
        name="employer-search-discard",
    ),
    path("werkgever/kandidaten/<slug:kaart>/", kandidaten.card, name="employer-card"),
    path("werkgever/kandidaten/<slug:kaart>/bewaren/", kandidaten.keep, name="employer-card-keep"),
    path("quotum/", openbaar_quotum.calculator, name="quotum"),
    path("vacatures/", openbare_vacatures.index, name="vacatures-openbaar"),
    path("vacatures/<uuid:vacature_id>/", openbare_vacatures.detail, name="vacature"),
    path("werkgever/vacatures/", werkgever_vacatures.index, name="employer-vacatures"),
    path("werkgever/vacatures/nieuw/", werkgever_vacatures.new, name="employer-vacature-new"),
    path("werkgever/vacatures/bestand/", werkgever_vacatures.take_in, name="employer-vacature-import"),
    path("werkgever/vacatures/lijst/", werkgever_vacatures.give_out, name="employer-vacature-export"),
    path("werkgever/vacatures/uitsnijden/", werkgever_vacatures.carve, name="employer-vacature-carve"),
    path("werkgever/vacatures/<uuid:vacature_id>/", werkgever_vacatures.detail, name="employer-vacature"),
    path("werkgever/vacatures/<uuid:vacature_id>/actie/", werkgever_vacatures.act, name="employer-vacature-act"),
    path(
        "werkgever/vacatures/<uuid:vacature_id>/stap/<slug:stap>/",
        werkgever_vacatures.step,
        name="employer-vacature-step",
    ),
    path("bemiddelaar/vacatures/", bemiddelaar_vacatures.index, name="bemiddelaar-vacatures"),
    path("bemiddelaar/vacatures/nieuw/", bemiddelaar_vacatures.new, name="bemiddelaar-vacature-new"),
    path("bemiddelaar/vacatures/bestand/", bemiddelaar_vacatures.take_in, name="bemiddelaar-vacature-import"),
    path("bemiddelaar/vacatures/lijst/", bemiddelaar_vacatures.give_out, name="bemiddelaar-vacature-export"),
    path("bemiddelaar/vacatures/uitsnijden/", bemiddelaar_vacatures.carve, name="bemiddelaar-vacature-carve"),
    path("bemiddelaar/vacatures/<uuid:vacature_id>/", bemiddelaar_vacatures.detail, name="bemiddelaar-vacature"),
    path("bemiddelaar/vacatures/<uuid:vacature_id>/actie/", bemiddelaar_vacatures.act, name="bemiddelaar-vacature-act"),
    path(
        "bemiddelaar/vacatures/<uuid:vacature_id>/stap/<slug:stap>/",
        bemiddelaar_vacatures.step,
        name="bemiddelaar-vacature-step",
    ),
    path(
        "bemiddelaar/vacatures/<uuid:vacature_id>/oordeel/",
        bemiddelaar_vacatures.judge,
        name="bemiddelaar-vacature-judge",
    ),
    path(
        "werkgever/plaatsingen/<uuid:plaatsing_id>/financieel-cv/",
        werkgever_financieelcv.page,
        name="employer-financieel-cv",
    ),
    path(
        "werkgever/gegevens/<uuid:toestemming_id>/financieel-cv/",
        werkgever_financieelcv.of_candidate,
        name="employer-financieel-cv-candidate",
    ),
    path("werkgever/quotum/", werkgever_quotum.index, name="employer-quotum"),
    path("werkgever/quotum/bewaren/", werkgever_quotum.keep, name="employer-quotum-keep"),
    path("werkgever/quotum/bestand/", werkgever_quotum.download, name="employer-quotum-download"),
    path("werkgever/quotum/voorbeeld/", werkgever_quotum.examples, name="employer-quotum-examples"),
    path("werkgever/quotum/<uuid:beeld_id>/", werkgever_quotum.detail, name="employer-quotum-kept"),
    path(
        "werkgever/quotum/<uuid:beeld_id>/bestand/<slug:soort>/",
        werkgever_quotum.kept_file,
        name="employer-quotum-file",
    ),
    path("werkgever/quotum/<uuid:beeld_id>/weg/", werkgever_quotum.discard, name="employer-quotum-discard"),
    path("werkgever/check/", werkgever.check, name="employer-check"),
    path("werkgever/werknemers/", werkgever.own_staff, name="employer-staff"),
    path("werkgever/vragen/", werkgever.history, name="employer-history"),
    path("werkgever/mandaten/", werkgever.mandates, name="employer-mandates"),
    path("werkgever/mandaten/<int:mandaat_id>/<slug:action>/", werkgever.mandate_step, name="employer-mandate-step"),
    path("werkgever/sleutels/", werkgever.keys, name="employer-keys"),
    path("werkgever/sleutels/<int:sleutel_id>/intrekken/", werkgever.key_withdraw, name="employer-key-withdraw"),
    path("werkgever/blokkade/", werkgever.block, name="employer-block"),
    path("toezicht/blokkades/", blokkades.index, name="supervision-blocks"),
    path("toezicht/blokkades/<int:blokkade_id>/", blokkades.block, name="supervision-block"),
    path("api/docs/", docs.page, name="api-docs"),
    path("api/v1/openapi.json", openapi_json, name="openapi"),
    path("api/v1/", api.urls),
    path("healthz", operations.healthz, name="healthz"),
    path("readyz", operations.readyz, name="readyz"),
    path("metrics", operations.prometheus, name="metrics"),
    path(".well-known/security.txt", operations.security_txt, name="security-txt"),
]
