import io
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from banenafspraak.access.models import Logregel
from banenafspraak.access.permissions import Rol
from banenafspraak.register import aanvraagdocumenten, aanvragen, documentsoorten
from banenafspraak.register.aanvraagdocumenten import MAX_BYTES, check_length
from banenafspraak.register.aanvragen import NietMogelijk
from banenafspraak.register.models import Aanvraag, Aanvraagdocument
from tests.factories import NOW, make_aanvraag, make_actor, make_burger, make_college

PDF = b"%PDF-1.7\n%%EOF\n"
LATER = NOW + timedelta(days=1)


def office(members: dict[str, bytes], *, compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compress) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


CONTENT_TYPES = b'<Types><Override ContentType="...wordprocessingml.document.main+xml"/></Types>'
DOCX = office({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": b"<w:document/>"})
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
ODT = office({"mimetype": ODT_TYPE, "content.xml": b"<office/>", "META-INF/manifest.xml": b"<m/>"})


def _without_content(value: object) -> str:
    """A name that is the same in every worker: a zip holds the moment at which it was made."""
    return value if isinstance(value, str) else "inhoud"


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (PDF, ".pdf"),
        (b"\x89PNG\r\n\x1a\n....", ".png"),
        (b"\xff\xd8\xff\xe0....", ".jpg"),
        (DOCX, ".docx"),
        (ODT, ".odt"),
        # Any language is welcome.
        (PDF + "Медицинская справка تقرير طبي".encode(), ".pdf"),
    ],
    ids=_without_content,
)
def test_a_document_is_known_by_its_content(content, extension) -> None:
    assert documentsoorten.recognise(content).extension == extension


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "leeg"),
        (b"MZ\x90\x00", "nemen we niet aan"),
        (b"\x7fELF\x02", "nemen we niet aan"),
        (b"#!/bin/sh\nrm -rf /", "nemen we niet aan"),
        (b"<html><script>alert(1)</script>", "nemen we niet aan"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "nemen we niet aan"),
        (b"zomaar tekst", "nemen we niet aan"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "oud of beveiligd"),
        (b"%PDF-1.7 /Encrypt 1 0 R", "wachtwoord"),
        (b"%PDF-1.7 /OpenAction << /S /JavaScript >>", "programma"),
        (b"%PDF-1.7 /EmbeddedFile", "ander bestand"),
        (b"PK\x03\x04stuk", "beschadigd"),
        (office({"brief.pdf": PDF}), "zip-bestand"),
        (office({"[Content_Types].xml": b"macroEnabled", "word/document.xml": b""}), "macro"),
        (office({"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b"x"}), "macro"),
        (office({"[Content_Types].xml": b"", "word/document.xml": b"", "word/kwaad.exe": b"x"}), "programma"),
        (office({"mimetype": ODT_TYPE, "Basic/script-lc.xml": b"<x/>"}), "macro"),
        (office({"mimetype": ODT_TYPE, "META-INF/manifest.xml": b"<manifest:encryption-data/>"}), "wachtwoord"),
        (office({"[Content_Types].xml": b"", "word/document.xml": b"0" * 20_000_000}), "veel te groot"),
    ],
    ids=_without_content,
)
def test_what_is_no_plain_document_is_refused_with_a_cure(content, why) -> None:
    with pytest.raises(ValidationError, match=why) as refused:
        documentsoorten.recognise(content)
    assert set(refused.value.message_dict) == {"bestand"}


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(office({"[Content_Types].xml": b"", "word/document.xml": b"0" * 1_000_000}))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        assert archive.infolist()[1].file_size == 1_000_000
    with pytest.raises(ValidationError, match="veel te groot"):
        documentsoorten.recognise(bytes(content))


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("brief van de arts.pdf", "brief van de arts.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\bo\\verslag.docx", "verslag.pdf"),
        ("factuur.pdf.exe", "factuur.pdf"),
        ("verslag\u202efdp.exe", "verslagfdp.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ('<img src="x">.pdf', "img src= x.pdf"),
        ("", "document.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("Справка.pdf", "Справка.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_a_name_is_cleaned_and_gets_the_ending_of_its_content(name, clean) -> None:
    assert documentsoorten.clean_name(name, ".pdf") == clean


@pytest.mark.parametrize("length", [None, -1, 200 * 1024 * 1024])
def test_a_request_that_is_too_large_is_refused_before_it_is_read(length) -> None:
    with pytest.raises(ValidationError, match="te groot"):
        check_length(length)


def test_a_request_with_a_document_of_the_greatest_size_is_read() -> None:
    check_length(MAX_BYTES + 1_000)


class Endless:
    """A stream of 200 MB that counts what is taken out of it."""

    def __init__(self) -> None:
        self.taken = 0

    def read(self, size: int = -1, /) -> bytes:
        assert size > 0
        left = 200 * 1024 * 1024 - self.taken
        piece = (PDF if not self.taken else b"").ljust(min(size, left), b"x")
        self.taken += len(piece)
        return piece


# --- With an aanvraag ---------------------------------------------------------------------------------------------


def add(actor, aanvraag_id, content: bytes = PDF, *, name: str = "brief.pdf", now=NOW):
    return aanvraagdocumenten.add(
        actor=actor, aanvraag_id=aanvraag_id, bestandsnaam=name, stream=io.BytesIO(content), now=now
    )


@pytest.fixture
def burger(db):
    return make_burger()


def test_a_document_of_200_mb_is_not_read_whole(burger) -> None:
    made, stream = make_aanvraag(burger), Endless()
    with pytest.raises(ValidationError, match="10 MB"):
        aanvraagdocumenten.add(actor=burger, aanvraag_id=made, bestandsnaam="x.pdf", stream=stream, now=NOW)
    assert stream.taken == MAX_BYTES + 1
    assert not Aanvraagdocument.objects.exists()


def test_a_document_comes_back_as_it_went_in_and_the_look_is_logged(burger) -> None:
    made = add(burger, make_aanvraag(burger), DOCX, name="brief.pdf")
    opened = aanvraagdocumenten.read(actor=burger, document_id=made, now=LATER)
    assert (opened.bestandsnaam, opened.inhoud) == ("brief.docx", DOCX)
    assert Logregel.objects.filter(handeling="document ingezien", onderwerp=f"document {made}").count() == 1


def test_name_and_content_lie_sealed(burger) -> None:
    add(burger, make_aanvraag(burger), PDF + b"epilepsie", name="epilepsie.pdf")
    with connection.cursor() as cursor:
        cursor.execute("SELECT register_aanvraagdocument::text FROM register_aanvraagdocument")
        (row,) = cursor.fetchone()
    assert b"epilepsie".hex() not in row


def test_the_same_document_twice_is_one(burger) -> None:
    made = make_aanvraag(burger)
    assert add(burger, made) == add(burger, made, name="anders.pdf")


def test_all_documents_together_have_a_limit(burger) -> None:
    made = make_aanvraag(burger)
    for number in range(2):
        add(burger, made, PDF.ljust(MAX_BYTES, b"%d" % number))
    with pytest.raises(ValidationError, match="25 MB"):
        add(burger, made, PDF.ljust(MAX_BYTES, b"z"))


def test_the_gemeente_reads_only_what_it_sent_in(burger) -> None:
    college, beoordelaar = make_college(), make_actor(Rol.BEOORDELAAR)
    made = make_aanvraag(college, beoordelaar=beoordelaar)
    own, of_person = add(college, made), add(burger, made, PDF + b"medisch")
    of_uwv = add(beoordelaar, made, PDF + b"verslag")

    def seen(actor) -> set:
        return set(aanvraagdocumenten.visible_to(actor).values_list("pk", flat=True))

    assert seen(college) == {own}
    assert seen(burger) == seen(beoordelaar) == {own, of_person, of_uwv}
    assert seen(make_burger(1)) == seen(make_college("GM0363")) == seen(make_actor(Rol.TOEZICHT)) == set()
    with pytest.raises(Aanvraagdocument.DoesNotExist):
        aanvraagdocumenten.read(actor=college, document_id=of_person, now=LATER)


def test_a_stranger_cannot_add_to_it(burger) -> None:
    made = make_aanvraag(burger)
    with pytest.raises(Aanvraag.DoesNotExist):
        add(make_burger(1), made)


def test_nothing_is_added_to_what_is_over(burger) -> None:
    made = make_aanvraag(burger)
    aanvragen.withdraw(actor=burger, aanvraag_id=made, now=NOW)
    with pytest.raises(NietMogelijk):
        add(burger, made)


def test_a_document_goes_as_long_as_nothing_was_sent(burger) -> None:
    draft = aanvragen.start(actor=burger, geboortedatum=NOW.date() - timedelta(days=9000), now=NOW)
    document = add(burger, draft)
    aanvraagdocumenten.remove(actor=burger, document_id=document, now=NOW)
    assert not Aanvraagdocument.objects.exists()


def test_a_document_that_was_sent_stays(burger) -> None:
    document = add(burger, make_aanvraag(burger))
    with pytest.raises(NietMogelijk):
        aanvraagdocumenten.remove(actor=burger, document_id=document, now=NOW)


def test_the_person_does_not_take_away_what_the_gemeente_sent(burger) -> None:
    college = make_college()
    document = add(college, make_aanvraag(college))
    with pytest.raises(PermissionDenied):
        aanvraagdocumenten.remove(actor=burger, document_id=document, now=NOW)


def test_a_list_of_documents_does_not_fetch_what_is_in_them(burger, django_assert_num_queries) -> None:
    made = make_aanvraag(burger)
    add(burger, made)
    with django_assert_num_queries(1):
        assert [aanvraagdocumenten.name_of(d) for d in aanvraagdocumenten.visible_to(burger)] == ["brief.pdf"]
