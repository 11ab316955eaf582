import pytest
from django.db import transaction
from django.test import Client

from organisation.models import Succession
from tests.support.factory import a_claim, a_figure, a_statement, an_organisation, published
from tests.support.pdf import read_pdf

from . import FACTSHEET, ORGANISATION_REPORT, REPORT


def make_harbour_aid():
    """Returns an organisation with a former and a later name, three aims, and two claims with figures."""
    organisation = an_organisation(profiled=True, founded="1998-05")
    former = an_organisation("Harbour Union", profiled=True)
    Succession.objects.create(earlier=former, later=organisation, kind="renamed")
    Succession.objects.create(
        earlier=organisation, later=an_organisation("Sea Aid", profiled=True), kind="renamed"
    )
    for kind in ("vision", "mission", "goal"):
        a_statement(f"The {kind} of a harbour for every ship.", kind=kind)
    for count in (40, 50):
        claim = a_claim(f"We taught {count} pilots", limitations=f"Nobody counted {count} a second time.")
        a_figure(claim, count, qualifier="over")
        published(claim)
    return organisation


@pytest.fixture
def harbour_aid(db):
    return make_harbour_aid()


@pytest.fixture(scope="module")
def documents(django_db_setup, django_db_blocker):
    """Maps the path of each PDF to its `PdfDocument`; Harbour Aid stands only in the report on itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        documents = {path: read_pdf(Client(), path) for path in (REPORT, FACTSHEET)}
        make_harbour_aid()
        documents[ORGANISATION_REPORT] = read_pdf(Client(), ORGANISATION_REPORT)
        transaction.set_rollback(True)
    return documents
