"""The upload of a document by Alice."""

from django.core.files.uploadedfile import SimpleUploadedFile

from .factory import an_organisation
from .people import alice

NEW_DOCUMENT_URL = "/admin/organisation/source/document/"


def document_fields(**changes):
    """Returns the fields of the form besides the file."""
    author = an_organisation(profiled=True).pk
    return {"kind": "web page", "title": "A text", "author": author, "publisher": author} | changes


def upload_document(client, file_name, contents, **changes):
    client.force_login(alice())
    data = document_fields(**changes) | {"file": SimpleUploadedFile(file_name, contents)}
    return client.post(NEW_DOCUMENT_URL, data)
