"""A file of a kind that cannot come in is refused with one sentence that names the kind and the way."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.staff.document_import.document import EXTENSIONS
from portal.staff.foreign_files import KINDS
from portal.staff.upload import UploadField
from tests.support.documents import docx, package, paragraph
from tests.support.open_documents import element, odt

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
MHTML = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<p>a"


def refusal(file_name, contents, extensions=EXTENSIONS):
    with pytest.raises(ValidationError) as refused:
        UploadField(extensions=extensions).clean(SimpleUploadedFile(file_name, contents))
    [message] = refused.value.messages
    return message


@pytest.mark.parametrize("extension", [end for _name, _way, ends in KINDS.values() for end in ends.split()])
def test_each_ending_that_cannot_come_in_has_a_way(extension):
    if extension not in EXTENSIONS:
        assert "cannot come in: " in refusal(f"a{extension}", b"words")
    if extension not in (".csv", ".xlsx"):
        assert "cannot come in as a table: " in refusal(f"a{extension}", b"words", (".csv", ".xlsx"))


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        (b"%PDF-1.7 words", "A PDF file cannot come in: open it in Word or LibreOffice, save it as .docx"),
        (b"{\\rtf1 words}", "An RTF file cannot come in"),
        (OLE + "WordDocument".encode("utf-16-le"), "A Word file of the older kind"),
        (OLE + "Workbook".encode("utf-16-le"), "A spreadsheet"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "A presentation"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "A password locks the file"),
        (b"\x89PNG\r\n\x1a\n", "A picture"),
        (b"\xff\xd8\xff\xe0", "A picture"),
        (package({"xl/workbook.xml": ""}), "A spreadsheet"),
        (package({"ppt/presentation.xml": ""}), "A presentation"),
        (package({"Index/Document.iwa": ""}), "A Pages document"),
        (package({"mimetype": "application/epub+zip"}), "An e-book"),
        (package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "A spreadsheet"),
        (package({"a.txt": "words"}), "An archive of several files"),
        (MHTML, "A web page saved as a single file (MHTML)"),
        (b"<?xml version='1.0'?><office:document xmlns:office='x'/>", "A flat OpenDocument file (.fodt)"),
    ],
)
def test_a_file_is_known_by_its_content_whatever_its_name_says(contents, words):
    for name in ("a.docx", "a.odt", "a.html", "a.txt"):
        assert refusal(name, contents).startswith(words), name


def test_a_document_with_the_ending_of_another_is_told_its_own():
    own = "The file is a {} file, whatever its name says: give it that ending."
    assert refusal("a.docx", odt("")) == refusal("a.txt", odt("")) == own.format(".odt")
    assert refusal("a.odt", docx(paragraph("a"))) == own.format(".docx")


@pytest.mark.parametrize(
    "opening",
    [
        b"<html><body>",
        b"<!DOCTYPE html>\n<p>",
        b"\xef\xbb\xbf<?xml version='1.0'?>\n<html xmlns='x'>",
        b"<!-- a -->\n<HTML>",
    ],
)
def test_a_page_that_has_the_name_of_a_word_file_or_a_workbook_is_told_so(opening):
    contents = opening + b"A report of a database."
    for name in ("a.docx", "a.odt"):
        own = "The file is a .html file, whatever its name says: give it that ending."
        assert refusal(name, contents) == own
    assert refusal("a.xlsx", contents, (".csv", ".xlsx")).startswith("A web page cannot come in as a table")
    for name in ("a.html", "a.htm", "a.txt", "a.md"):
        assert UploadField(extensions=EXTENSIONS).clean(SimpleUploadedFile(name, contents))


def test_an_open_document_with_a_password_is_refused():
    manifest = element("file-entry", element("manifest:encryption-data"))
    assert "A password locks the file" in refusal("a.odt", odt("a", **{"META-INF/manifest.xml": manifest}))


@pytest.mark.parametrize(
    "text",
    ["%PDF is a format.", "From: us\n\nTo: you", "An office:document is text.", "BM is a bank.", "II*"],
)
def test_a_text_that_only_speaks_of_a_kind_is_taken(text):
    assert UploadField(extensions=EXTENSIONS).clean(SimpleUploadedFile("a.txt", text.encode()))
