"""The log lists what readers could see change; the desk shows the last of it."""

from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from cms.models import PageContent
from django.urls import reverse
from django.utils import timezone
from djangocms_versioning.models import Version

from impact.models import Claim
from organisation.models import Milestone, Organisation, Source, Term
from portal.seeding import SEED_REASON, STARTER_REASON
from tests.support.desk import DESK, move, publish_update, save_record, section, undo_url, vision
from tests.support.factory import a_claim, a_source, an_organisation, published
from tests.support.pages import a_page, change_pages
from tests.support.people import alice, bob, staff_with

pytestmark = pytest.mark.django_db


def test_what_the_fixtures_wrote_is_no_change_of_the_staffs(open_page):
    term = Term(vocabulary="theme", name="piers", slug="piers")
    term._change_reason = STARTER_REASON
    term.save()
    assert "Nobody has changed anything since the site was filled." in open_page(bob())


def test_the_last_public_changes_say_who_did_what(open_page):
    save_record(alice(), vision(), text="Alice's words")
    publish_update(10, "Words of the second edition")
    content = PageContent.objects.get(page__reverse_id="about")
    Version.objects.get_for_content(content).copy(alice()).publish(bob())
    changes = section(open_page(bob()), "Last public changes")
    for words in (
        "Harbour Aid, vision: Alice&#x27;s words",
        "<span>statement</span>",
        "edition 2",
        "<span>page</span>",
        "Versions",
    ):
        assert words in changes
    assert (
        changes.index("<span>page</span>")
        < changes.index("edition 2")
        < changes.index("<span>statement</span>")
    )


def test_a_page_that_is_taken_down_is_a_change_and_one_that_is_replaced_is_not(open_page):
    version = Version.objects.get_for_content(PageContent.objects.get(page__reverse_id="about")).copy(alice())
    version.publish(bob())
    assert "taken down" not in open_page(bob())
    Version.objects.get(pk=version.pk).unpublish(bob())
    assert open_page(bob()).count("taken down") == 1


def test_only_ten_changes_are_listed(open_page):
    for number in range(12):
        save_record(alice(), vision(), text=f"Words {number}")
    assert section(open_page(bob()), "Last public changes").count("<li>") == 10


def test_a_deleted_record_is_named_among_the_changes(open_page):
    milestone = Milestone.objects.first()
    title, milestone._history_user = milestone.title, bob()
    milestone.delete()
    changes = section(open_page(bob()), "Last public changes")
    assert title in changes and "deleted" in changes and "Undo" not in changes


@pytest.fixture
def changes(client):
    """Returns a function that gives the changes as a person sees them on the desk."""

    def read(user):
        client.force_login(user)
        return client.get(DESK).context["changes"]

    return read


def test_the_ten_newest_of_all_kinds_are_listed_newest_first(changes):
    begin = timezone.now() - timedelta(hours=1)
    aid = an_organisation("Harbour Aid")
    claims = [published(a_claim(f"Words {number}")) for number in range(3)]
    Organisation.history.update(history_date=begin - timedelta(days=1))
    Source.history.update(history_date=begin - timedelta(days=1))
    for number, claim in enumerate(claims):
        move(claim.current_edition, published_at=begin + timedelta(minutes=3 * number))
        claim.withdraw(bob(), "Wrong", seen=Claim.AS_STORED)
        move(claim.withdrawal, at=begin + timedelta(minutes=3 * number + 1))
        row = save_record(alice(), aid, short_name=f"HA {number}")
        move(row, history_date=begin + timedelta(minutes=3 * number + 2))
    found = changes(bob())
    assert len(found) == 10 and [change.at for change in found] == sorted(
        (change.at for change in found), reverse=True
    )
    assert [(change.kind, change.action, change.person) for change in found[:9]] == 3 * [
        ("organisation", "changed", "editor"),
        ("claim", "withdrawn", "publisher"),
        ("edition 1", found[2].action, "publisher"),
    ]
    assert [change.title.split()[0] for change in found[1:9:3]] == [
        claim.reference for claim in reversed(claims)
    ]


@pytest.mark.parametrize(
    ("permission", "kinds"),
    [
        ("view_claim", {"edition 1", "claim"}),
        ("view_organisation", {"organisation"}),
        ("view_source", {"source"}),
        ("view_page", {"page"}),
        ("view_highlight", set()),
        ("view_reviewstep", set()),
    ],
)
def test_staff_see_the_changes_of_what_they_may_look_up_and_undo_none_of_them(changes, permission, kinds):
    published(a_claim()).withdraw(bob(), "Wrong", seen=Claim.AS_STORED)
    published(a_claim("We taught 41 pilots"))
    save_record(alice(), an_organisation(), short_name="HA")
    content = PageContent.objects.get(page__reverse_id="about")
    Version.objects.get_for_content(content).copy(alice()).publish(bob())
    found = changes(staff_with(permission))
    assert {change.kind for change in found} == kinds
    assert [change.undo_url for change in found if change.undo_url] == []


def test_a_change_can_be_undone_by_who_may_make_it_and_while_nothing_has_come_after(changes):
    claim, aid = published(a_claim("One")), an_organisation()
    published(claim, statement="Two", change="update")
    withdrawn = published(a_claim("Three"))
    withdrawn.withdraw(bob(), "Wrong", seen=Claim.AS_STORED)
    back = published(a_claim("Four"))
    back.withdraw(bob(), "Wrong", seen=Claim.AS_STORED)
    back.restore(back.editions.last(), bob(), "Right", seen=Claim.AS_STORED)
    first, second = (save_record(alice(), aid, short_name=name) for name in ("HA", "H.A."))

    def undoable(user):
        return {change.undo_url for change in changes(user) if change.undo_url}

    of_records = {undo_url(second)}
    assert undoable(staff_with("view_organisation", "change_organisation")) == of_records
    assert undo_url(first) not in of_records
    an_organisation("Hill Aid")  # it can be deleted, which is no undoing
    assert undoable(staff_with("view_organisation", "change_organisation")) == of_records
    of_claims = {
        reverse("admin:undo-edition", args=[edition.pk])
        for edition in (claim.editions.last(), back.editions.last())
    } | {reverse("admin:undo-withdrawal", args=[withdrawn.withdrawal.pk])}
    assert undoable(staff_with("view_claim", "publish_claim")) == of_claims
    assert undoable(staff_with("view_claim", "change_claim", "view_organisation")) == set()


def test_ten_changes_of_pages_are_listed_though_each_makes_two(changes):
    content = PageContent.objects.get(page__reverse_id="about")
    version = Version.objects.get_for_content(content)
    for _number in range(11):
        version = version.copy(bob())
        version.publish(bob())
    found = changes(bob())
    assert [(change.kind, change.action) for change in found] == 10 * [("page", "published")]


def test_a_source_that_nobody_may_read_yet_is_no_public_change(changes):
    aid = an_organisation(profiled=True)
    for kind in ("web page", "report"):
        save_record(alice(), a_source(f"A {kind}", kind=kind, author=aid), region="North")
    titles = [change.title for change in changes(bob())]
    assert "A report" in titles and "A web page" not in titles


def test_who_did_it_is_named_in_full_and_a_command_is_called_one(changes):
    person = bob()
    person.first_name, person.last_name = "Bob", "Builder"
    person.save()
    save_record(None, an_organisation(), short_name="HA")
    published(a_claim())
    found = {change.kind: change.person for change in changes(bob())}
    assert (found["organisation"], found["edition 1"]) == ("a command", "Bob Builder")


def test_a_deleted_record_is_called_by_the_first_of_its_words_cut_at_sixty_signs(changes):
    words = "It moved to the harbour. " * 5
    for values in ({"title": "Moved", "text": words}, {"title": "", "text": words}):
        milestone = Milestone.objects.create(
            organisation=an_organisation(), slug=f"m{len(values['title'])}", **values
        )
        milestone._history_user = bob()
        milestone.delete()
    found = [change for change in changes(bob()) if change.action == "deleted"]
    assert [change.title for change in found] == [
        "It moved to the harbour. It moved to the harbour. It moved…",
        "Moved",
    ]
    assert {(change.url, change.undo_url) for change in found} == {("", "")}


LOG = reverse("admin:log")


@pytest.fixture
def read_log(client):
    """Returns a function that gives a page of the log as a person sees it: its changes, and its context."""

    def read(user=None, **query):
        client.force_login(user or bob())
        context = client.get(LOG, query).context
        return context["changes"], context

    return read


def test_the_log_comes_in_pages_of_fifty_without_a_gap_or_a_repetition(read_log):
    for number in range(70):
        save_record(alice(), vision(), text=f"Words {number}")
    rows = list(vision().history.order_by("-history_id"))
    at_once = vision().history.filter(history_id__in=[row.history_id for row in rows[40:60]])
    at_once.update(history_date=rows[40].history_date)

    first, context = read_log()
    second, context_of_second = read_log(**dict(parse_qsl(context["older"])))
    assert (len(first), context_of_second["older"]) == (60, "")
    words = [change.title for change in (*first, *second) if change.kind == "statement"]
    assert len(words) == vision().history.exclude(history_change_reason=SEED_REASON).count()
    times = [change.at for change in (*first, *second)]
    assert times == sorted(times, reverse=True)


def test_the_log_is_narrowed_by_kind_and_by_person(read_log):
    save_record(alice(), vision(), text="Alice's words")
    save_record(bob(), vision(), text="Bob's words")
    published(a_claim())
    assert {change.kind for change in read_log(kind="claims")[0]} == {"edition 1"}
    of_alice = read_log(person=alice().pk, kind="records")[0]
    assert "editor" in {change.person for change in of_alice} and len({c.person for c in of_alice}) == 1
    assert read_log(kind="pages")[0] == []
    assert read_log(kind="nothing of the kind")[0] == read_log()[0]


def test_the_log_tells_who_moved_a_page_or_made_it_the_home_page_and_who_wrote_a_redirect(read_log, client):
    content = a_page("Tides", parent=a_page("The sea"))
    client.force_login(bob())
    address = reverse("admin:cms_page_move_page", args=[content.page_id])
    change_pages(client, address, {"position": 0, "target": ""})
    change_pages(client, reverse("admin:cms_page_set_home", args=[content.page_id]))
    client.post(reverse("admin:redirects_redirect_add"), {"old_path": "/old/", "new_path": "/timeline/"})
    found = [(change.kind, change.action, change.person) for change in read_log(kind="settings")[0]]
    assert found == [
        ("redirect", "Added.", "publisher"),
        ("page", "Made it the home page", "publisher"),
        ("page", "Moved", "publisher"),
    ]


def test_the_log_gives_the_reason_that_readers_were_given(read_log):
    claim = published(a_claim())
    published(claim, statement="We taught 41 pilots", change="update", reason="Counted again")
    assert read_log(kind="claims")[0][0].reason == "Counted again"


def test_all_of_the_log_comes_as_a_table(client):
    for number in range(60):
        save_record(alice(), vision(), text=f"={number}")
    client.force_login(bob())
    lines = client.get(LOG, {"csv": 1}).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "time (UTC),title,kind,what was done,who,why"
    assert len([line for line in lines if ",statement," in line]) >= 60
