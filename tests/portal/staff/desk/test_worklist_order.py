"""Each section of the worklist shows its ten first tasks in their order, and leads to the rest."""

from datetime import timedelta

import pytest
from cms.models import PageContent
from django.urls import reverse
from django.utils import timezone
from djangocms_versioning.models import Version

from impact.models import Claim, ReviewStep
from organisation.models import Proposal
from portal.pages import workflow
from portal.staff.desk import page_tasks, worklist
from portal.staff.desk.task import TASKS_PER_SECTION
from tests.support.desk import DESK, move, save_draft
from tests.support.factory import a_claim, a_figure, a_statement, published
from tests.support.people import alice, bob, staff_with
from tests.support.proposals import decide, propose

pytestmark = pytest.mark.django_db

# Later than whatever a test does by itself, however long it waits for its turn.
TOMORROW = timezone.now() + timedelta(days=1)


@pytest.fixture
def sections(client):
    """Returns a function that gives {title of a section: the section} as a person sees it."""

    def read(user):
        client.force_login(user)
        return {section.title: section for section in client.get(DESK).context["sections"]}

    return read


def texts(section):
    return [task.text for task in section.tasks]


def draft(statement, by, minutes=0, **values):
    """Returns a draft that somebody saved last so many minutes ago."""
    claim = a_claim(statement, **{"owner": by} | values)
    claim.history.update(history_user=by, history_date=TOMORROW - timedelta(minutes=minutes))
    return claim


def submitted(statement, by, minutes=0, **values):
    claim = draft(statement, by, minutes, **values)
    claim.submit(by, seen=Claim.AS_STORED)
    claim.history.update(history_user=by, history_date=TOMORROW - timedelta(minutes=minutes))
    return claim


def proposed(note, by=None, minutes=0):
    """Returns a proposal of other words for a statement, which Alice made so many minutes ago."""
    propose(by or alice(), a_statement(f"Words {note}", owner=alice()), text="Other words", _note=note)
    proposal = Proposal.objects.get(note=note)
    move(proposal, made_at=TOMORROW - timedelta(minutes=minutes))
    return Proposal.objects.get(note=note)


def test_drafts_come_newest_first_and_what_waits_or_is_scheduled_oldest_first(sections):
    for minutes in (20, 10, 30):
        draft(f"Draft {minutes}", alice(), minutes)
        submitted(f"Submitted {minutes}", alice(), minutes)
        submitted(f"Scheduled {minutes}", alice()).schedule(
            bob(), TOMORROW + timedelta(days=minutes), seen=Claim.AS_STORED
        )
    found = sections(alice())
    assert texts(found["My drafts"]) == ["Draft 10", "Draft 20", "Draft 30"]
    assert texts(found["Waiting for others"]) == ["Submitted 30", "Submitted 20", "Submitted 10"]
    found = sections(bob())
    assert texts(found["Waiting for me"]) == ["Submitted 30", "Submitted 20", "Submitted 10"]
    assert texts(found["Scheduled"]) == ["Scheduled 10", "Scheduled 20", "Scheduled 30"]
    assert list(found) == ["My drafts", "Waiting for me", "Waiting for others", "Scheduled"]


@pytest.fixture
def two_tasks(monkeypatch):
    """Shows two tasks in a section in place of ten, so that fewer have to be made."""
    assert TASKS_PER_SECTION == 10
    for module in (worklist, page_tasks):
        monkeypatch.setattr(module, "TASKS_PER_SECTION", 2)


@pytest.mark.usefixtures("two_tasks")
@pytest.mark.parametrize(("count", "is_more"), [(2, False), (3, True)])
def test_ten_tasks_are_shown_and_the_list_of_the_others_is_linked(sections, count, is_more):
    for number in range(count):
        draft(f"Draft {number}", alice(), number)
        submitted(f"Submitted {number}", alice(), number)
        submitted(f"Scheduled {number}", alice()).schedule(
            bob(), TOMORROW + timedelta(days=1 + number), seen=Claim.AS_STORED
        )
    alices = sections(alice())
    found = sections(bob()) | {title: alices[title] for title in ("My drafts", "Waiting for others")}
    for title, stage in (
        ("My drafts", "draft"),
        ("Waiting for me", "submitted"),
        ("Waiting for others", "submitted"),
        ("Scheduled", "scheduled"),
    ):
        assert len(found[title].tasks) == 2, title
        list_url = f"/admin/impact/claim/?stage__exact={stage}"
        assert found[title].more_url == (list_url if is_more else ""), title


def test_a_task_says_what_to_open_who_brought_it_there_and_when(sections):
    claim = submitted("Words", alice())
    step = claim.steps.get(kind="submitted")
    [task] = sections(bob())["Waiting for me"].tasks
    review = reverse("admin:impact_claim_review", args=[claim.pk])
    assert (task.title, task.url, task.state, task.person, task.at) == (
        claim.reference,
        review,
        "submitted",
        "editor",
        step.at,
    )
    claim.send_back(bob(), "Which year?", seen=Claim.AS_STORED)
    [task] = sections(alice())["Waiting for me"].tasks
    form = reverse("admin:impact_claim_change", args=[claim.pk])
    assert (task.url, task.text, task.state, task.person) == (form, "Which year?", "returned", "publisher")
    assert [each.state for each in sections(alice())["My drafts"].tasks] == ["returned"]
    claim.submit(alice(), seen=Claim.AS_STORED)
    claim.schedule(bob(), TOMORROW + timedelta(days=2), seen=Claim.AS_STORED)
    [task] = sections(alice())["Scheduled"].tasks
    assert (task.url, task.text, task.state, task.person, task.at) == (
        review,
        "Words",
        "to be published",
        "publisher",
        TOMORROW + timedelta(days=2),
    )


@pytest.mark.usefixtures("two_tasks")
@pytest.mark.parametrize(("count", "is_more"), [(2, False), (3, True)])
def test_ten_proposals_are_shown_oldest_first_and_the_list_of_the_others_is_linked(sections, count, is_more):
    for number in range(count):
        proposed(f"Proposed {number}", minutes=number)
    oldest_first = [f"Proposed {number}" for number in reversed(range(count))][:2]
    for person, title in ((bob(), "Waiting for me"), (alice(), "Waiting for others")):
        section = sections(person)[title]
        assert texts(section) == oldest_first, title
        waiting = "/admin/organisation/proposal/?state__exact=waiting"
        assert section.more_url == (waiting if is_more else ""), title


def test_a_proposal_is_with_whoever_has_to_act_on_it(sections):
    proposal = proposed("Told anew", by=bob())
    for person, title in ((alice(), "Waiting for me"), (bob(), "Waiting for others")):
        [task] = sections(person)[title].tasks
        assert (task.title, task.url, task.text, task.state, task.person, task.at) == (
            proposal.title,
            proposal.get_absolute_url(),
            "Told anew",
            "waiting",
            "publisher",
            proposal.made_at,
        )
    assert texts(sections(bob())["Waiting for me"]) == texts(sections(alice())["Waiting for others"]) == []
    decide(alice(), "return", reason="Which document says so?")
    [task] = sections(bob())["Waiting for me"].tasks
    assert (task.text, task.state, task.person) == ("Which document says so?", "returned", "editor")
    assert texts(sections(alice())["Waiting for me"]) == texts(sections(bob())["Waiting for others"]) == []


def test_a_returned_claim_waits_for_its_owner_its_last_editor_and_who_submitted_it(sections):
    for number, role in enumerate(("owner", "editor", "submitter", "nobody")):
        claim = submitted(
            role, alice() if role == "submitter" else bob(), owner=alice() if role == "owner" else bob()
        )
        claim.send_back(bob(), role, seen=Claim.AS_STORED)
        claim.history.update(
            history_user=alice() if role == "editor" else bob(),
            history_date=TOMORROW + timedelta(minutes=number),
        )
    assert texts(sections(alice())["Waiting for me"]) == ["owner", "editor", "submitter"]
    assert texts(sections(staff_with("view_claim"))["Waiting for me"]) == []


def test_of_several_changes_the_last_says_whose_words_they_are(sections):
    for statement, editors in (("Bob's since", (alice(), bob())), ("Alice's since", (bob(), alice()))):
        claim = a_claim(statement)
        for minutes, editor in enumerate(editors, -10):
            claim.subject, claim._history_user = f"Subject {minutes}", editor
            claim.save()
            row = claim.history.latest("history_id")
            claim.history.filter(pk=row.pk).update(history_date=TOMORROW + timedelta(minutes=minutes))
        claim.citations.get().history.update(history_date=TOMORROW - timedelta(days=1))
        claim.history.filter(history_type="+").update(history_date=TOMORROW - timedelta(days=1))
        claim.submit(editors[1], seen=Claim.AS_STORED)
    assert texts(sections(bob())["Waiting for me"]) == ["Alice's since"]


@pytest.mark.parametrize("part", ["figure", "citation"])
def test_whoever_changed_a_figure_or_a_citation_last_does_not_review_it(sections, part):
    claim = draft("Words", alice(), 60)
    record = a_figure(claim, 40) if part == "figure" else claim.citations.get()
    claim.submit(alice(), seen=Claim.AS_STORED)
    record.history.update(history_user=alice(), history_date=TOMORROW + timedelta(minutes=1))
    assert texts(sections(bob())["Waiting for me"]) == ["Words"]
    record.history.update(history_user=bob())
    assert texts(sections(bob())["Waiting for me"]) == []
    record.history.update(history_date=TOMORROW - timedelta(days=1))
    assert texts(sections(bob())["Waiting for me"]) == ["Words"]


def test_whoever_asks_to_retire_a_claim_does_not_decide_it(sections):
    claims = [published(draft(f"Words {number}", alice())) for number in range(2)]
    for claim, person in zip(claims, (alice(), bob()), strict=True):
        claim.ask_to_retire(person, "Nobody counts it any more", seen=Claim.AS_STORED)
    assert texts(sections(bob())["Waiting for me"]) == ["Words 0"]


def test_only_so_many_submitted_claims_are_looked_into(sections, monkeypatch):
    monkeypatch.setattr("portal.staff.desk.worklist.MAX_SUBMITTED", 2)
    for minutes in (10, 30, 20):
        submitted(f"Submitted {minutes}", alice(), minutes)
    assert texts(sections(bob())["Waiting for me"]) == ["Submitted 30", "Submitted 20"]


def test_what_reviewers_from_outside_said_comes_newest_first_until_it_is_answered(sections):
    claims = [submitted(f"Words {number}", alice(), 60) for number in range(3)]
    for minutes, (claim, kind) in enumerate(
        [(claims[0], "commented"), (claims[1], "approved"), (claims[2], "link made"), (claims[0], "approved")]
    ):
        claim.add_step(ReviewStep.Kind(kind), note=f"{kind} {minutes}", outsider="Vera")
        move(claim.steps.get(note=f"{kind} {minutes}"), at=TOMORROW + timedelta(minutes=1 + minutes))
    said = ["approved 3", "approved 1", "commented 0"]
    assert texts(sections(bob())["Waiting for me"])[3:] == said
    assert texts(sections(alice())["Waiting for me"]) == said
    assert texts(sections(staff_with("view_claim"))["Waiting for me"]) == []
    assert len(sections(staff_with("view_claim", "publish_claim"))["Waiting for me"].tasks) == 6
    move(claims[0].steps.get(kind="submitted"), at=TOMORROW + timedelta(minutes=2))
    assert texts(sections(alice())["Waiting for me"]) == ["approved 3", "approved 1"]
    claims[1].publish(bob(), seen=Claim.AS_STORED)
    assert texts(sections(alice())["Waiting for me"]) == ["approved 3"]
    move(claims[1].steps.get(kind="published"), at=TOMORROW + timedelta(minutes=9))
    save_draft(claims[1].number, alice(), "Newer words")
    assert texts(sections(alice())["Waiting for me"]) == ["approved 3"]


def states(section):
    return [(task.state, task.person) for task in section.tasks]


def test_a_draft_of_a_page_is_its_authors_until_it_is_submitted_and_then_waits_for_who_may_decide(sections):
    draft = Version.objects.get_for_content(PageContent.objects.get(page__reverse_id="about")).copy(alice())
    dora, bobs = staff_with("view_claim", "change_page"), bob()
    assert states(sections(alice())["My drafts"]) == [("draft of a page", "")]
    assert states(sections(dora)["My drafts"]) == []
    for each in (alice(), dora, bobs):
        assert states(sections(each)["Waiting for me"]) == []

    workflow.submit(draft, alice(), "Look at the end")
    assert states(sections(alice())["My drafts"]) == states(sections(alice())["Waiting for me"]) == []
    assert states(sections(dora)["Waiting for me"]) == []
    [task] = sections(bobs)["Waiting for me"].tasks
    assert (task.state, task.person, task.text) == ("submitted", "editor", "Look at the end")

    workflow.send_back(draft, bobs, "Too long")
    assert states(sections(bobs)["Waiting for me"]) == []
    [task] = sections(alice())["Waiting for me"].tasks
    assert (task.state, task.text) == ("returned", "Too long")


def test_what_a_publisher_changed_waits_for_anybody_else_and_once_confirmed_for_publishers(sections):
    dora, bobs = staff_with("view_claim", "change_page"), bob()
    draft = Version.objects.get_for_content(PageContent.objects.get(page__reverse_id="about")).copy(bobs)
    workflow.submit(draft, bobs)
    assert states(sections(bobs)["Waiting for me"]) == []
    assert states(sections(dora)["Waiting for me"]) == [("submitted", bobs.username)]
    workflow.confirm(draft, dora)
    assert states(sections(dora)["Waiting for me"]) == []
    assert states(sections(bobs)["Waiting for me"]) == [("confirmed", dora.username)]
    workflow.schedule(draft, bobs, TOMORROW)
    assert states(sections(bobs)["Waiting for me"]) == []
    [task] = sections(dora)["Scheduled"].tasks
    assert (task.state, task.at) == ("to be published", TOMORROW)


def test_an_empty_worklist_says_so_and_who_may_not_look_claims_up_has_none(sections):
    found = sections(staff_with("view_claim"))
    assert {title: (section.tasks, section.empty) for title, section in found.items()} == {
        "My drafts": ([], "You have begun nothing that is not handed in."),
        "Waiting for me": ([], "Nothing waits for you."),
        "Waiting for others": ([], "Nothing of yours waits for anybody."),
        "Scheduled": ([], "Nothing is scheduled."),
    }
    assert sections(staff_with("view_edition", "publish_claim")) == {}
