"""Whoever opens a form with a proposal finds nothing there that the save of the proposal has ignored."""

import pytest

from organisation.models import Mend
from tests.support.factory import a_passage, a_source, a_statement, cite
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, decide, form_of, propose, the_proposal

pytestmark = pytest.mark.django_db

CITATION = "organisation-citation-content_type-object_id"


def row_of_form(number, document, pk="", **fields):
    """Returns a row of a form's citations that contradicts, as it can be sent under any number."""
    values = {"id": pk, "source": document.pk, "relation": "contradicts", "independence": "independent"}
    return {f"{CITATION}-{number}-{name}": value for name, value in (values | fields).items()}


@pytest.mark.parametrize("is_new", [True, False])
def test_what_the_save_of_a_proposal_has_ignored_stands_in_no_form(is_new):
    statement = a_statement(owner=alice())
    citation = cite(statement, a_source())
    ignored = (
        row_of_form(1, citation.source, note="Smuggled")  # behind the last row
        if is_new
        else row_of_form(0, citation.source, pk=citation.pk, DELETE="on") | {f"{CITATION}-INITIAL_FORMS": 0}
    )
    propose(alice(), statement, text="We teach pilots at night", in_our_words="on", **ignored)
    assert [row["model"] for row in the_proposal().changes] == ["organisation.statement"]

    page = at_desk(bob()).get(form_of(statement))
    assert "Smuggled" not in page.content.decode()
    propose(bob(), statement, text="We teach pilots by day")
    assert [row["model"] for row in the_proposal().changes] == ["organisation.statement"]
    decide(alice())
    assert list(statement.citations.all()) == [citation]


def test_a_deletion_that_its_author_may_not_propose_stands_in_no_form():
    passage = a_passage("We taught 40 pilotes.")
    cite(a_statement(owner=alice()), passage.source)
    mend = Mend.objects.create(passage=passage, says="pilotes", shows="pilots", why="A slip")
    propose(alice(), passage, **{"mends-0-why": "A slip of the printer", "mends-0-DELETE": "on"})
    assert [row["action"] for row in the_proposal().changes] == ["changed"]
    propose(bob(), passage, **{"mends-0-why": "A slip of the printer's"})
    decide(alice())
    assert Mend.objects.get(pk=mend.pk).why == "A slip of the printer's"
