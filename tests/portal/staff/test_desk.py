"""The desk: what Alice and Bob see when they log in, where it leads, and how a public change is taken back."""

from datetime import timedelta

import pytest
from cms.models import PageContent
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from djangocms_versioning.models import Version

from impact.models import Claim, Conflict, Edition, ReviewStep
from organisation.models import Citation, Milestone, Organisation, Source, Statement
from tests.support.crawl import Page
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db

DESK = "/admin/"


@pytest.fixture
def opened(client):
    """What a person's page says, by its headings; the desk unless another is named."""

    def open_page(user, path=DESK):
        client.force_login(user)
        response = client.get(path, follow=True)
        assert response.status_code == 200
        return response.content.decode()

    return open_page


def section(page, heading):
    """The part of the desk under a heading."""
    return page.split(f"<h2>{heading}</h2>")[1].split("</section>")[0]


def changed(number, by, statement):
    claim = Claim.objects.get(number=number)
    claim.statement, claim._history_user = statement, by
    claim.save()
    claim.note_change(by)
    return Claim.objects.get(number=number)


def submitted(number, by, statement):
    claim = changed(number, by, statement)
    claim.submit(by)
    return Claim.objects.get(number=number)


def published_anew(number, statement):
    return changed(number, alice(), statement).publish(bob(), reason="Told anew", change="update")


def vision():
    return Statement.objects.get(organisation__slug="dallaire-initiative", slug="vision")


def save_as(user, record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record._history_user = user
    record.save()
    return record.history.first()


def undo_of(row):
    return reverse("admin:undo-record", args=[row.instance_type._meta.label_lower, row.history_id])


def test_charlie_is_asked_to_log_in(client):
    for path in (
        DESK,
        "/admin/search/?q=a",
        "/admin/completeness/",
        "/admin/unsourced/",
        "/admin/undo/edition/1/",
        "/admin/impact/claim/new/",
    ):
        assert client.get(path).url.startswith("/admin/login/"), path


def test_staff_without_rights_see_nothing_of_the_records(opened):
    page = opened(get_user_model().objects.create_user("dora", is_staff=True), f"{DESK}")
    assert "Needs attention" not in page and "My drafts" not in page and "New claim" not in page
    found = opened(get_user_model().objects.get(username="dora"), "/admin/search/?q=child")
    assert "Nothing on record contains “child”" in found


def test_staff_see_only_what_they_may_look_up(opened, client):
    dora = get_user_model().objects.create_user("dora", is_staff=True)
    dora.user_permissions.add(Permission.objects.get(codename="view_statement"))
    save_as(bob(), vision(), text="Bob's words")
    published_anew(10, "Words of a claim")
    page = opened(dora)
    assert "Statements whose review is overdue" in page and "Dallaire Initiative, vision" in page
    assert "Words of a claim" not in page and "Undo" not in page
    for path in (
        "/admin/completeness/",
        "/admin/unsourced/",
        f"/admin/undo/edition/{Edition.objects.last().pk}/",
        undo_of(vision().history.first()),
    ):
        assert client.get(path).status_code == 403, path


def test_alice_sees_the_drafts_that_she_owns_or_touched_last(opened):
    changed(10, bob(), "Words that Bob began on Alice's claim")
    claim = Claim.objects.get(number=11)
    Claim.objects.filter(pk=claim.pk).update(owner=bob())
    changed(11, alice(), "Words that Alice began on Bob's claim")
    Claim.objects.filter(number=12).update(owner=bob())
    changed(12, bob(), "Words of Bob's alone")
    drafts = section(opened(alice()), "My drafts")
    assert (
        "Words that Bob began" in drafts
        and "Words that Alice began" in drafts
        and "of Bob's alone" not in drafts
    )
    assert reverse("admin:impact_claim_change", args=[claim.pk]) in drafts


def test_alice_sees_what_was_returned_to_her_and_why(opened):
    submitted(10, alice(), "New words").send_back(bob(), "Which document says so?")
    assert "Which document says so?" in section(opened(alice()), "Waiting for me")
    assert "returned" in section(opened(alice()), "My drafts")


def test_bob_sees_what_others_submitted_and_not_his_own(opened):
    submitted(10, alice(), "Words of Alice")
    submitted(11, bob(), "Words of Bob")
    waiting = section(opened(bob()), "Waiting for me")
    assert "Words of Alice" in waiting and "Words of Bob" not in waiting


def test_a_new_review_date_does_not_make_the_words_bobs_own(opened):
    claim = submitted(10, alice(), "Words of Alice")
    claim.review_by += timedelta(days=1)
    claim._history_user = bob()
    claim.save()
    assert "Words of Alice" in section(opened(bob()), "Waiting for me")


def test_a_figure_that_bob_changed_makes_the_claim_his_own(opened):
    claim = changed(10, alice(), "Words of Alice")
    figure = claim.figures.first()
    figure.value, figure._history_user = 5000, bob()
    figure.save()
    claim.submit(alice())
    assert "Words of Alice" not in section(opened(bob()), "Waiting for me")


def test_one_who_publishes_alone_sees_their_own(opened, settings):
    settings.PORTAL_SINGLE_EDITOR = True
    submitted(11, bob(), "Words of Bob")
    assert "Words of Bob" in section(opened(bob()), "Waiting for me")


def test_what_an_outside_reviewer_said_waits_until_the_claim_is_submitted_again(opened):
    claim = submitted(10, alice(), "New words")
    claim.step(ReviewStep.Kind.COMMENTED, note="The year is missing", outsider="Dr Vera Outside")
    for person in (alice(), bob()):
        waiting = section(opened(person), "Waiting for me")
        assert "The year is missing" in waiting and "Dr Vera Outside" in waiting
    changed(10, alice(), "New words of 2014").submit(alice())
    for person in (alice(), bob()):
        assert "The year is missing" not in opened(person)


def test_the_schedule_says_what_comes_when_and_by_whom(opened):
    when = timezone.now() + timedelta(days=3)
    submitted(10, alice(), "Words to come").schedule(bob(), when)
    scheduled = section(opened(alice()), "Scheduled")
    assert (
        "Words to come" in scheduled
        and f"{when:%Y-%m-%dT%H:%M}+0000" in scheduled
        and "publisher" in scheduled
    )


def test_a_draft_of_a_page_is_alices_and_waits_for_bob(opened):
    Version.objects.get_for_content(PageContent.objects.get(page__reverse_id="about")).copy(alice())
    title = PageContent.objects.get(page__reverse_id="about").title
    assert title in section(opened(alice()), "My drafts")
    assert title in section(opened(bob()), "Waiting for me") and title not in section(
        opened(bob()), "My drafts"
    )


def number_at(page, words):
    """The number that stands before some words."""
    return page.split(words)[0].rsplit('desk-number">', 1)[1].split("<")[0]


def test_what_needs_attention_is_counted_and_leads_to_its_list(opened):
    Claim.objects.get(number=24).citations.all().delete()
    Claim.objects.filter(number__in=[1, 2]).update(review_by="2020-01-01")
    Statement.objects.filter(pk=vision().pk).update(review_by="2020-01-01")
    first, second = Claim.objects.filter(number__in=[24, 28]).order_by("pk")
    Conflict.objects.create(first=first, second=second, rule="value")
    page = opened(alice())
    for words, number, address in (
        ("Claims without a source", "1", "/admin/unsourced/"),
        ("Open conflicts", "1", ""),
        ("Claims whose review is overdue", "2", "/admin/impact/claim/?upkeep=overdue"),
        ("Statements whose review is overdue", "1", "/admin/organisation/statement/?upkeep=overdue"),
        (
            "Claims with words that age",
            str(Claim.objects.with_aging_words().count()),
            "/admin/impact/claim/?upkeep=aging",
        ),
        ("Incomplete organisations", "3", "/admin/completeness/"),
    ):
        assert (words, number_at(page, words)) == (words, number)
        assert address in page
    assert "E24" in opened(alice(), "/admin/unsourced/")


def test_a_superlative_needs_attention_until_an_independent_source_supports_it(opened):
    before = int(number_at(opened(alice()), "Superlatives without"))
    claim = Claim.objects.get(number=3)
    assert claim.superlatives
    Citation.objects.create(
        record=claim, source=Source.objects.first(), relation="supports", independence="independent"
    )
    assert int(number_at(opened(alice()), "Superlatives without")) == before - 1


def test_the_matrix_says_what_each_organisation_has_on_record_and_where_to_add(opened):
    def cells():
        page = opened(alice(), "/admin/completeness/")
        row = page.split(">Dallaire Initiative<")[1].split("</tr>")[0]
        return {cell.split('"')[0]: cell for cell in row.split('<td data-part="')[1:]}

    dallaire = Organisation.objects.get(slug="dallaire-initiative")
    before = cells()
    assert [name for name, cell in before.items() if "Not on record" in cell] == [
        "Goal",
        "Values",
        "Structure",
        "Work areas",
        "Publications",
    ]
    assert f"/admin/organisation/statement/add/?organisation={dallaire.pk}&amp;kind=goal" in before["Goal"]
    Statement.objects.create(organisation=dallaire, slug="goal", kind="goal", text="To end it")
    assert "Not on record" not in cells()["Goal"]


def test_what_the_matrix_links_to_opens(opened, client):
    page = opened(bob(), "/admin/completeness/")
    for link in {link for link in Page(page).links if "?" in link}:
        assert client.get(link).status_code == 200, link


def test_what_the_fixtures_wrote_is_no_change_of_the_staffs(opened):
    assert "Nobody has changed anything since the site was filled." in opened(bob())


def test_the_last_public_changes_say_who_did_what(opened):
    save_as(alice(), vision(), text="Alice's words")
    published_anew(10, "Words of the second edition")
    content = PageContent.objects.get(page__reverse_id="about")
    Version.objects.get_for_content(content).copy(alice()).publish(bob())
    changes = section(opened(bob()), "Last public changes")
    for words in (
        "Dallaire Initiative, vision: Alice&#x27;s words",
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


def test_a_page_that_is_taken_down_is_a_change_and_one_that_is_replaced_is_not(opened):
    version = Version.objects.get_for_content(PageContent.objects.get(page__reverse_id="about")).copy(alice())
    version.publish(bob())
    assert "taken down" not in opened(bob())
    Version.objects.get(pk=version.pk).unpublish(bob())
    assert opened(bob()).count("taken down") == 1


def test_only_ten_changes_are_listed(opened):
    for number in range(12):
        save_as(alice(), vision(), text=f"Words {number}")
    assert section(opened(bob()), "Last public changes").count("<li>") == 10


def test_a_deleted_record_is_named_among_the_changes(opened):
    milestone = Milestone.objects.first()
    title, milestone._history_user = milestone.title, bob()
    milestone.delete()
    changes = section(opened(bob()), "Last public changes")
    assert title in changes and "deleted" in changes and "Undo" not in changes


def test_bob_undoes_an_edition_with_a_reason(client, opened):
    old = Claim.objects.get(number=10).current_edition.statement
    edition = published_anew(10, "A mistake")
    undo = reverse("admin:undo-edition", args=[edition.pk])
    assert undo in opened(bob()) and undo not in opened(alice())
    page = opened(bob(), undo)
    assert "A mistake" in page and old in page
    assert "Say why: readers see the reason." in client.post(undo, {"reason": " "}).content.decode()
    client.post(undo, {"reason": "It was a mistake"})
    now = Claim.objects.get(number=10)
    assert (now.current_edition.number, now.current_edition.statement, now.current_edition.reason) == (
        3,
        old,
        "It was a mistake",
    )
    assert now.stage == "published" and not now.differs_from_published()


def test_alice_cannot_undo_an_edition(client):
    edition = published_anew(10, "A mistake")
    client.force_login(alice())
    assert (
        client.post(reverse("admin:undo-edition", args=[edition.pk]), {"reason": "I may not"}).status_code
        == 403
    )
    assert Claim.objects.get(number=10).current_edition == edition


def test_an_edition_that_another_has_followed_is_not_undone(client, opened):
    overtaken = published_anew(10, "A mistake")
    undo = reverse("admin:undo-edition", args=[overtaken.pk])
    newer = published_anew(10, "A newer wording")
    assert "It was changed again since: nothing was undone." in opened(bob(), undo)
    assert (
        "It was changed again since: nothing was undone."
        in client.post(undo, {"reason": "Too late"}).content.decode()
    )
    assert Claim.objects.get(number=10).current_edition == newer


def test_undoing_a_first_edition_withdraws_the_claim_and_undoing_that_brings_it_back(client, opened):
    claim = Claim.objects.create(
        organisation=Organisation.objects.first(),
        statement="A first wording",
        subject="s",
        theme="training",
        type="output",
    )
    Citation.objects.create(record=claim, source=Source.objects.first())
    edition = claim.publish(bob())
    undo = reverse("admin:undo-edition", args=[edition.pk])
    assert "Withdraw the claim" in opened(bob(), undo)
    client.post(undo, {"reason": "Too early"})
    assert Claim.objects.get(pk=claim.pk).current_edition is None
    again = reverse("admin:undo-withdrawal", args=[ReviewStep.objects.filter(kind="withdrawn").last().pk])
    assert again in opened(bob())
    client.post(again, {"reason": "It was right"})
    now = Claim.objects.get(pk=claim.pk)
    assert (now.current_edition.number, now.current_edition.statement, now.stage) == (
        2,
        "A first wording",
        "published",
    )
    assert (
        "It was changed again since: nothing was undone."
        in client.post(again, {"reason": "Twice"}).content.decode()
    )


def test_undoing_what_brought_a_withdrawn_claim_back_withdraws_it_again(client):
    client.force_login(bob())
    claim = Claim.objects.get(number=10)
    claim.withdraw(bob(), "Wrong")
    again = claim.restore(claim.editions.last(), bob(), "Right")
    client.post(reverse("admin:undo-edition", args=[again.pk]), {"reason": "Wrong after all"})
    assert Claim.objects.get(number=10).current_edition is None


def test_alice_takes_back_a_change_of_a_record(client, opened):
    old = vision().text
    row = save_as(alice(), vision(), text="A slip")
    page = opened(alice(), undo_of(row))
    assert undo_of(row) in opened(alice()) and "A slip" in page and old in page
    client.post(undo_of(row))
    assert vision().text == old and vision().history.first().history_user == alice()
    assert undo_of(row) not in opened(alice())


def test_a_record_that_was_changed_again_is_not_put_back(client):
    client.force_login(alice())
    row = save_as(alice(), vision(), text="A slip")
    save_as(bob(), vision(), text="Bob's words")
    page = client.post(undo_of(row), follow=True).content.decode()
    assert "It was changed again since: nothing was undone." in page and vision().text == "Bob's words"


def test_a_record_that_cannot_be_as_it_was_gets_one_sentence(client):
    client.force_login(alice())
    milestone = Milestone.objects.first()
    title = milestone.title
    row = save_as(alice(), milestone, title="Another")
    milestone.history.exclude(pk=row.pk).update(title="")
    page = client.post(undo_of(row), follow=True).content.decode()
    assert (
        "This field cannot be blank." in page
        and Milestone.objects.get(pk=milestone.pk).title == "Another" != title
    )


def test_a_save_that_changed_no_word_offers_the_form_instead(opened):
    row = save_as(alice(), vision())
    page = opened(alice(), undo_of(row))
    assert "changed no word of the record itself" in page and "Put it back" not in page


@pytest.mark.parametrize(
    "path", ["auth.user/1/", "organisation.statement/999999/", "impact.claim/1/", "nonsense/1/"]
)
def test_nothing_else_can_be_undone(client, path):
    client.force_login(bob())
    assert client.get(f"/admin/undo/{path}").status_code == 404


def found(client, query):
    response = client.get("/admin/search/", {"q": query})
    assert response.status_code == 200
    return response.content.decode().split("<main")[1]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("E10", "over 4,500 participants"),
        ("e10", "over 4,500 participants"),
        ("4,500 participants", "E10"),
        ("unthinkable", "Dallaire Initiative, vision"),
        ("Coalition founded", "Coalition"),
        ("International Coalition", "Coalition to Stop the Use of Child Soldiers"),
        ("What We Do", "/admin/organisation/source/"),
        ("Support", "/admin/cms/placeholder/object/"),
        ("new claim", "/admin/impact/claim/new/"),
        ("check", "/admin/completeness/"),
    ],
)
def test_one_search_finds_records_pages_sources_and_commands(client, query, words):
    client.force_login(alice())
    assert words in found(client, query)


def test_a_draft_is_found_and_opens_its_form(client):
    client.force_login(alice())
    claim = changed(10, alice(), "We zugzwang")
    assert reverse("admin:impact_claim_change", args=[claim.pk]) in found(client, "zugzwang")


def test_every_hit_opens(client):
    client.force_login(alice())
    hits = {
        link
        for query in ("the", "", "Support")
        for link in Page(found(client, query)).links
        if link.startswith("/admin/")
    }
    assert [link for link in hits if client.get(link).status_code != 200] == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        '"',
        "%",
        "\\",
        "<script>alert(1)</script>",
        "a\x00b",
        "’" * 3000,
        "a " * 2000,
        "E99999999999999999999",
        "٣",
        "OR 1=1 --",
    ],
)
def test_no_question_breaks_the_search(client, query):
    client.force_login(alice())
    assert "<script>alert" not in found(client, query)


def test_the_desk_asks_the_database_no_more_for_fifty_claims_more(client):
    def add(count):
        source, dallaire = Source.objects.first(), Organisation.objects.get(slug="dallaire-initiative")
        for number in range(count):
            values = {
                "statement": f"Number {number}",
                "subject": "s",
                "theme": "training",
                "type": "output",
                "owner": bob(),
            }
            claim = Claim(organisation=dallaire, **values)
            claim._history_user = alice()
            claim.save()
            Citation.objects.create(record=claim, source=source)
            if number % 3 == 0:
                claim.submit(alice())
                claim.step(ReviewStep.Kind.COMMENTED, note="Good", outsider="Vera")
            if number % 3 == 1:
                claim.publish(bob())
            if number % 6 == 3:
                Claim.objects.get(pk=claim.pk).schedule(bob(), timezone.now() + timedelta(days=1))

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(DESK).status_code == 200
        return len(asked)

    client.force_login(bob())
    add(6)
    save_as(alice(), vision(), text="Alice's words")
    queries()  # some answers are kept by the process
    before = queries()
    add(50)
    assert queries() <= before
