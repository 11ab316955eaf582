"""A proposal that somebody decides on at the moment at which its form is sent again."""

from organisation.models import Proposal, Statement
from tests.support.forms import filled_in
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, form_of, propose, the_proposal
from tests.support.transactions import Meeting, at_once

from .test_half_way import a_statement


def test_a_form_is_sent_again_while_its_proposal_is_accepted(monkeypatch):
    statement = a_statement()
    propose(alice(), statement, text="We teach sailors", owner=alice().pk)
    editor, publisher, proposal = at_desk(alice()), at_desk(bob()), the_proposal()
    again = filled_in(editor.get(form_of(statement)), text="We teach divers", owner=alice().pk)
    meeting = Meeting(monkeypatch, Proposal, "decide")
    answers = at_once(
        lambda: editor.post(form_of(statement), again),
        lambda: publisher.post(proposal.get_absolute_url(), {"do": "accept"}),
    )
    assert not meeting.took_place
    statuses = [each.status_code for each in answers]
    states = list(Proposal.objects.order_by("pk").values_list("state", flat=True))
    text = Statement.objects.get(pk=statement.pk).text
    # Whoever is the second is shown what the first has done.
    assert (statuses, states, text) in (
        ([200, 302], ["accepted"], "We teach sailors"),
        ([302, 200], ["replaced", "waiting"], "We teach pilots"),
    )
