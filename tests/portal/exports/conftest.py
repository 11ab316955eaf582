import pytest
from django.db import transaction
from django.test import Client

from tests.support.pdf import read_pdf

from . import PDFS


@pytest.fixture(scope="module")
def documents(django_db_setup, django_db_blocker):
    """Maps the path of each PDF to its `PdfDocument`."""
    with django_db_blocker.unblock(), transaction.atomic():
        return {path: read_pdf(Client(), path) for path in PDFS}
