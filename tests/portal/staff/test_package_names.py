"""Packages whose parts are named with the folders of Windows, “word\\document.xml”, come in like others."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from portal.staff.document_import.document import EXTENSIONS, read_document
from portal.staff.table_import.workbook import Workbook as ReadWorkbook
from portal.staff.upload import check_package, checked_contents
from tests.support.documents import docx, paragraph
from tests.support.open_documents import odt


def renamed(contents):
    """Returns a package with a backslash between the folders of each name."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(contents)) as package, zipfile.ZipFile(file, "w") as other:
        for name in package.namelist():
            member = zipfile.ZipInfo("x")
            member.filename = name.replace("/", "\\")
            other.writestr(member, package.read(name))
    return file.getvalue()


@pytest.mark.parametrize(
    ("extension", "contents"),
    [
        (".docx", docx(paragraph("We opened a school."))),
        (".odt", odt("<text:p>We opened a school.</text:p>")),
    ],
)
def test_documents_with_backslashes_come_in(extension, contents):
    upload = SimpleUploadedFile(f"report{extension}", renamed(contents))
    checked = checked_contents(upload, extension, EXTENSIONS)
    assert read_document(checked, extension).text == "We opened a school."


def test_workbooks_with_backslashes_come_in():
    file, workbook = BytesIO(), Workbook()
    workbook.active.title = "Girls"
    workbook.save(file)
    contents = renamed(file.getvalue())
    check_package(contents, ".xlsx")
    assert [name for name, _state, _part in ReadWorkbook(contents).sheets] == ["Girls"]
