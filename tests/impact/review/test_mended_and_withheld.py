"""Bob withdraws a claim for somebody's safety whose passage has a slip: its mended words go with it."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from impact.models import Claim
from organisation.admin.proposals import put_back_rows
from organisation.admin.proposals.takedown import rows_that_go
from organisation.models import Mend, Passage, Source
from organisation.quotation import check_readable
from tests.support.factory import a_claim, a_source, a_statement, an_organisation, cite, published
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db

SLIP, MENDED = "Zug zwang of the quay told us.", "Zugzwang of the quay told us."


@pytest.fixture
def claim():
    source = a_source("Log of the harbour", text=f"{SLIP}\nWe land.")
    passage = Passage.objects.quote(source, SLIP)
    Mend.objects.create(passage=passage, says="Zug zwang", shows="Zugzwang", why="A slip")
    claim = a_claim(MENDED, source=a_source("Yearbook"))
    cite(claim, source, passage=passage)
    return published(claim)


def withdraw(claim):
    claim.withdraw(bob(), "It could harm somebody.", is_for_safety=True, seen=Claim.AS_STORED)


def test_the_words_that_readers_saw_are_withheld_with_those_that_the_source_has(claim):
    withdraw(claim)
    for words in (SLIP, MENDED, f"So: {MENDED}"):
        with pytest.raises(ValidationError, match="is withheld from readers"):
            check_readable(words)
    check_readable("Somebody told us.")


def test_a_source_without_the_slip_is_masked_too_until_the_claim_is_put_back(claim):
    quay = an_organisation("Quay", profiled=True)
    before = a_source("Before", author=quay, kind="report", text=f"We sail. {MENDED}")
    withdraw(claim)
    after = a_source("After", author=quay, kind="report", text=f"We sail. {MENDED}")
    cite(a_statement("We sail."), after)
    for source in (before, after):
        page = Client().get(source.get_absolute_url()).content.decode()
        assert "Zugzwang" not in page and f"We sail. {'█' * len(MENDED)}" in page
    claim.restore(claim.editions.last(), bob(), "It is safe now.", seen=Claim.AS_STORED)
    for source in (before, after):
        assert MENDED in Client().get(source.get_absolute_url()).content.decode()


def test_no_part_of_a_claim_says_them_that_alice_puts_back(claim):
    others = [a_claim("We sail.", limitations=MENDED), a_claim("We row."), a_claim("We land.")]
    citation = others[1].citations.get()
    citation.note = f"So: {SLIP}"
    citation.save()
    for each in others:
        published(each).withdraw(bob(), "A doubt.", seen=Claim.AS_STORED)
    withdraw(claim)
    for each in others[:2]:
        with pytest.raises(ValidationError, match="is withheld from readers"):
            each.put_back(alice(), "It is true.")
    assert others[2].put_back(alice(), "It is true.").current_edition


def test_no_part_of_a_deleted_row_says_them_that_alice_puts_back(claim):
    saying, silent = a_source("Second log", byline=MENDED), a_source("Third log", text=f"So: {MENDED}")
    rows = [rows_that_go(each) for each in (saying, silent)]
    for each in (saying, silent):
        each.delete()
    withdraw(claim)
    with pytest.raises(ValidationError, match="is withheld from readers"):
        put_back_rows(rows[0])
    put_back_rows(rows[1])
    assert Source.objects.get(title="Third log").masked() == f"So: {'█' * len(MENDED)}"
