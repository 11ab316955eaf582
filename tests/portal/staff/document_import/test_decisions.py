"""Who may read a document's suggestions and decide on them, and what the page shows of them."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from impact.models import Claim, Figure
from organisation.models import Citation, Milestone, Organisation, Passage, Source, SourceNote, Statement
from organisation.slugs import unique_slug
from portal.models import Decision
from portal.staff.document_import import document, review_page
from tests.support.factory import a_claim, a_source, an_organisation
from tests.support.people import alice, bob, staff_with
from tests.support.proposals import decide as decide_on_proposal

pytestmark = pytest.mark.django_db

READ = ("view_source", "view_claim")
DECIDE = (*READ, "change_source", "add_claim")
TEXT = (  # a claim, a milestone, two values, a note and an organisation
    "We taught 40 pupils.\nIt was founded in May 1998.\nCourage: We speak up here.\nCare: We take good care."
    "\nstray\nWe wrote to the Harbour Council."
)


@pytest.fixture
def source():
    return a_source("A text", text=TEXT, author=an_organisation(profiled=True))


def address(source):
    return reverse("admin:reading", args=[source.pk])


def pending_address(source):
    return reverse("admin:reading-held", args=[source.pk])


def item(client, source, opening):
    page = client.get(address(source)).context["page"]
    return next(item for block in page for item in block.items if item.words.startswith(opening))


def decide(client, source, opening, action="accept", **changes):
    found = item(client, source, opening)
    data = {"key": found.suggestion.key, "do": action}
    if found.form:
        data |= {field.html_name: field.value() for field in found.form}
    data |= {f"{found.suggestion.key}-{name}": value for name, value in changes.items()}
    return client.post(address(source), data)


def test_a_figure_holds_for_the_day_that_its_own_sentence_gives_and_for_no_other(client, alone):
    author, text = an_organisation(profiled=True), "In 2025 we taught 40 pupils. We taught 14 nurses here."
    source = a_source("A report", text=text, author=author, as_of="2026-02")
    client.force_login(alice())
    for opening, changes in (("In 2025", {}), ("We taught 14", {"date": "2024"})):
        decide(client, source, opening, **changes)
    days = Figure.objects.order_by("-claim__number").values_list("claim__as_of", "as_of")
    assert list(days[:2]) == [("2024", ""), ("2025", "2025")]


@pytest.mark.parametrize("missing", READ)
def test_a_document_is_read_by_who_may_look_sources_and_claims_up(client, source, missing):
    client.force_login(staff_with(*set(DECIDE) - {missing}))
    for page in (address(source), pending_address(source)):
        assert client.get(page).status_code == client.post(page, {}).status_code == 403


@pytest.mark.parametrize("missing", ["change_source", "add_claim"])
def test_suggestions_are_decided_by_who_may_change_sources_and_add_claims(client, source, missing):
    client.force_login(staff_with(*set(DECIDE) - {missing}))
    page = client.get(address(source))
    assert page.status_code == 200 and page.context["may_decide"] is False
    key = page.context["page"][0].items[0].suggestion.key
    assert client.post(address(source), {"key": key, "do": "refuse"}).status_code == 403
    assert client.post(pending_address(source), {}).status_code == 403
    client.force_login(staff_with(*DECIDE))
    assert client.get(address(source)).context["may_decide"] is True
    assert client.post(address(source), {"key": key, "do": "refuse"}).status_code == 302
    assert Decision.objects.get().verdict == "refused"


@pytest.mark.parametrize(
    ("opening", "permission", "model", "is_seen"),
    [
        ("It was founded", "add_milestone", Milestone, True),
        ("Courage:", "add_statement", Statement, True),
        ("Harbour Council", "add_organisation", Organisation, True),
        ("stray", "add_sourcenote", SourceNote, False),
    ],
)
def test_a_record_is_put_on_record_by_who_may_add_one_of_its_kind(
    client, source, opening, permission, model, is_seen
):
    before = model.objects.count()
    others = {"add_milestone", "add_statement", "add_organisation", "add_sourcenote"} - {permission}
    client.force_login(staff_with(*DECIDE))
    decide(client, source, opening)
    data = {"decision": [Decision.objects.get().pk]}
    client.force_login(staff_with(*DECIDE, *others))
    assert client.post(pending_address(source), data).status_code == 403
    assert model.objects.count() == before
    client.force_login(staff_with(*DECIDE, permission))
    assert client.post(pending_address(source), data).status_code == 302
    assert model.objects.count() == before + (not is_seen)
    if is_seen:  # the organisation is not, but the document that it rests on
        decide_on_proposal(bob())
    assert model.objects.count() == before + 1


def test_a_document_is_brought_in_by_who_may_add_sources(client):
    for permission, status in (("change_source", 403), ("add_source", 200)):
        client.force_login(staff_with(permission))
        assert client.get(reverse("admin:new-document")).status_code == status


def test_of_several_records_that_wait_none_is_public_when_one_stands_in_the_way(client, source):
    client.force_login(bob())
    for opening in ("It was founded", "Courage:", "Care:"):
        decide(client, source, opening)
    last = Decision.objects.latest("pk")
    Decision.objects.filter(pk=last.pk).update(values=last.values | {"title": ""})
    keys = list(Decision.objects.values_list("pk", flat=True))
    before = [model.objects.count() for model in (Milestone, Statement, Citation, Passage)]
    page = client.post(pending_address(source), {"decision": keys}, follow=True).content.decode()
    assert "Nothing was put on record: “Care: We take" in page and "is proposed" not in page
    assert [model.objects.count() for model in (Milestone, Statement, Citation, Passage)] == before
    page = client.post(pending_address(source), {"decision": keys[:1]}, follow=True).content.decode()
    assert "is proposed" in page
    decide_on_proposal(alice())
    assert [model.objects.count() for model in (Milestone, Statement)] == [before[0] + 1, before[1]]


def test_a_text_that_parts_from_its_words_is_accepted_once_it_is_marked_as_ours(client, source):
    client.force_login(bob())
    decide(client, source, "Courage:", text="We speak up everywhere.")
    assert not Decision.objects.exists()
    decide(client, source, "Courage:", text="We speak up everywhere.", in_our_words="on")
    client.post(pending_address(source), {"decision": [Decision.objects.get().pk]})
    decide_on_proposal(alice())
    statement = Statement.objects.get(text="We speak up everywhere.")
    assert statement.in_our_words and not statement.is_quotation


def test_a_claim_that_parts_from_its_words_is_a_draft_that_says_nothing_of_it(client, source):
    client.force_login(bob())
    decide(client, source, "We taught", text="We taught 50 pupils")
    claim = Claim.objects.get(statement="We taught 50 pupils")
    assert claim.stage == "draft" and claim.partings()


def test_only_decisions_of_this_document_that_were_accepted_and_wait_are_put_on_record(client, source):
    client.force_login(bob())
    other = a_source("Another", text="It was founded in May 1999.", author=an_organisation())
    decide(client, other, "It was founded")
    decide(client, source, "It was founded")
    decide(client, source, "Courage:", "refuse")
    keys = [*Decision.objects.values_list("pk", flat=True), "x", "9" * 19, "-1"]
    client.post(pending_address(source), {"decision": keys})
    decide_on_proposal(alice())
    page = client.post(pending_address(source), {"decision": keys}, follow=True)
    assert "0 records are on record now." in page.content.decode()
    assert Milestone.objects.filter(organisation=an_organisation()).get().date == "1998-05"


def test_suggestions_are_counted_and_shown_by_kind(client, source):
    client.force_login(bob())
    decide(client, source, "Courage:", "refuse")
    decide(client, source, "It was founded")
    context = client.get(address(source)).context
    assert [(value, count) for value, _name, count in context["filters"]] == [
        ("", 7),
        ("open", 5),
        ("claim", 1),
        ("statement", 3),
        ("milestone", 1),
        ("organisation", 1),
        ("note", 1),
    ]
    assert (context["open_count"], context["pending_count"]) == (5, 1)
    for shown, count in (("open", 5), ("statement", 3), ("claim", 1), ("none of these", 7)):
        page = client.get(address(source), {"show": shown})
        assert sum(len(block.items) for block in page.context["page"]) == count, shown
        assert page.context["shown_filter"] == (shown if count < 7 else "")


def test_after_a_decision_the_next_open_suggestion_is_shown(client, source):
    client.force_login(bob())
    keys = [
        item(client, source, words).suggestion.key for words in ("It was", "Courage:", "Care:", "Harbour")
    ]
    assert decide(client, source, "Courage:", "refuse").url == f"{address(source)}#{keys[2]}"
    assert decide(client, source, "It was", "refuse").url == f"{address(source)}#{keys[2]}"
    assert decide(client, source, "Harbour", "refuse").url == f"{address(source)}#{keys[3]}"


@pytest.mark.parametrize(("count", "pages", "left"), [(3, 1, 3), (4, 2, 1), (6, 2, 3), (7, 3, 1)])
def test_forty_blocks_stand_on_a_page(client, count, pages, left, monkeypatch):
    assert review_page.BLOCKS_PER_PAGE == 40
    monkeypatch.setattr(review_page, "BLOCKS_PER_PAGE", 3)
    text = "\n".join(f"We have taught {number} pupils." for number in range(10, 10 + count))
    source = a_source("Long", text=text, author=an_organisation())
    client.force_login(bob())
    at = address(source)
    first, last = (client.get(at, {"show": "", "page": each}).context["page"] for each in (1, pages))
    assert (len(first), first.paginator.num_pages, len(last)) == (3, pages, left)
    key = last[-1].items[0].suggestion.key
    page = client.post(f"{at}?show=", {"key": key, "do": "accept", f"{key}-text": ""}).context["page"]
    assert page.number == pages and page[-1].items[0].form.errors  # an error is shown on its own page


def test_a_claim_that_says_nearly_the_same_is_named_while_the_suggestion_is_open(client, source):
    claim = a_claim("We taught 40 pupil")
    a_claim("We taught 40 pupils", organisation=an_organisation("Hill Aid"))
    client.force_login(bob())
    assert item(client, source, "We taught").similar_claim == claim
    Claim.objects.filter(pk=claim.pk).update(statement="They were taught by us elsewhere")
    assert item(client, source, "We taught").similar_claim is None


def test_words_that_stand_twice_name_the_earlier_line(client):
    text = "We taught 40 pupils.\nBoats are nice.\nWe taught 40 pupils!"
    source = a_source("Twice", text=text, author=an_organisation())
    client.force_login(bob())
    items = [item for block in client.get(address(source)).context["page"] for item in block.items]
    assert [(each.line, each.repeats_line) for each in items if each.kind == "claim"] == [(1, 0), (3, 1)]


@pytest.mark.parametrize(
    ("words", "is_same", "overlaps"),
    [
        ("We taught 40 pupils.", True, False),
        ("taught 40 pupils.", True, False),
        ("40 pupils.", False, True),
        ("pils.\nIt was founded in May", False, True),
        ("ls.\nIt was founded in May", False, False),
        ("It was founded", False, False),
    ],
)
def test_a_record_of_the_same_passage_stands_beside_a_suggestion(client, source, words, is_same, overlaps):
    start = TEXT.index(words)
    passage = Passage.objects.create(source=source, start=start, end=start + len(words), words=words)
    claim = a_claim("Something else")
    claim.citations.update(source=source, passage=passage)
    client.force_login(bob())
    found = item(client, source, "We taught")
    assert (found.records == (claim,), found.overlapping_records == (claim,)) == (is_same, overlaps)
    assert (found.form is None) is is_same


def test_a_statement_comes_after_those_of_its_kind_and_its_address_is_free(client, source, alone):
    aid = an_organisation()
    for order, kind in ((5, "value"), (9, "vision")):
        Statement.objects.create(
            organisation=aid, slug=f"courage{order}", kind=kind, title="C", text="x", order=order
        )
    Statement.objects.create(organisation=aid, slug="courage", kind="goal", text="x")
    client.force_login(bob())
    decide(client, source, "Courage:")
    client.post(pending_address(source), {"decision": [Decision.objects.get().pk]})
    courage = Statement.objects.get(title="Courage")
    assert (courage.order, courage.slug, courage.owner) == (6, "courage-2", bob())
    assert [each.independence for each in courage.citations.all()] == ["own"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("a" * 40 + " " + "b" * 5, "a" * 40 + "-" + "b" * 5),
        ("a" * 40 + " " + "b" * 6, "a" * 40),
        ("a" * 60, "record"),
        ("…", "record"),
    ],
)
def test_an_address_leaves_room_for_a_number_and_ends_with_a_word(title, slug):
    aid = an_organisation()
    records = Milestone.objects.filter(organisation=aid)
    for end in ("", "-2", "-3"):
        assert unique_slug(records, title, 50) == f"{slug}{end}"
        Milestone.objects.create(organisation=aid, slug=f"{slug}{end}", title="x", text="x")


@pytest.mark.parametrize(("length", "is_taken"), [(400_000, True), (400_001, False)])
def test_a_document_has_so_many_signs_at_most(length, is_taken):
    assert takes(b"word " * (length // 5) + b"w" * (length % 5)) is is_taken


@pytest.mark.parametrize(("lines", "is_taken"), [(20_000, True), (20_001, False)])
def test_a_document_has_so_many_lines_at_most(lines, is_taken):
    assert takes(b"\n".join([b"word"] * lines)) is is_taken


def takes(contents):
    try:
        document.read_document(contents, ".txt")
    except ValidationError:
        return False
    return True


def test_somebody_elses_words_are_no_own_evidence(client):
    source = a_source("News", text="They taught 40 pupils.", author=an_organisation("Hill News"))
    client.force_login(alice())
    decide(client, source, "They taught", organisation=str(Organisation.objects.profiled()[0].pk))
    assert Claim.objects.latest("number").citations.get().independence != "own"
    assert Source.objects.filter(pk=source.pk).exists()


def test_notes_and_organisations_are_nobodys_words_and_all_else_is_somebodys(client):
    source = a_source("Nobody's", text=TEXT)
    client.force_login(bob())
    for opening, status in (
        ("stray", 302),
        ("Harbour", 302),
        ("It was", 200),
        ("Courage:", 200),
        ("We taught", 200),
    ):
        assert decide(client, source, opening).status_code == status, opening
