"""The short form for a new claim: its refusals, and the similar claims that it offers."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from impact.models import Claim, Highlight
from organisation.models import Source
from tests.support.factory import a_claim, a_source, an_organisation
from tests.support.people import alice

pytestmark = pytest.mark.django_db

NEW, SIMILAR, TEXT = (
    "/admin/impact/claim/new/",
    "/admin/impact/claim/new/similar/",
    "/admin/impact/claim/new/text/",
)
LETTERS = "We write to every harbour council three times a year"
PILOTS = "Training harbour pilots in 35 towns worldwide"


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


def speaker(name="Harbour Aid"):
    return an_organisation(name, profiled=True)


def source():
    """Returns the document of Harbour Aid's, which the first call makes."""
    return Source.objects.filter(slug="what-we-do-at-sea").first() or a_source(
        "What we do at sea", author=speaker(), text=f"What we do\n\n{LETTERS}.\n{PILOTS}."
    )


def five_fields(**changes):
    return {
        "statement": LETTERS,
        "organisation": speaker().pk,
        "as_of": "2007",
        "source": source().pk,
        "words": LETTERS,
    } | changes


def newest():
    return Claim.objects.order_by("-number")[0]


def refused(client, **changes):
    """The page that comes back instead of a new claim."""
    before = Claim.objects.count()
    response = client.post(NEW, five_fields(**changes))
    assert response.status_code == 200 and Claim.objects.count() == before
    return response.content.decode()


def test_five_fields_make_a_draft_and_its_form_says_what_is_left(desk):
    response = desk.post(NEW, five_fields(where=["impact", "home figures"]), follow=True)
    claim = newest()
    assert response.redirect_chain == [(reverse("admin:impact_claim_change", args=[claim.pk]), 302)]
    assert (
        f"{claim.reference} is saved as a draft. Before it can be submitted, fill in its subject"
        in response.content.decode()
    )
    assert (claim.statement, claim.as_of, claim.owner, claim.stage, claim.current_edition) == (
        LETTERS,
        "2007",
        alice(),
        "draft",
        None,
    )
    citation = claim.citations.get()
    assert (citation.source, citation.passage.line, citation.relation, citation.independence) == (
        source(),
        3,
        "states",
        "own",
    )
    assert claim.last_changed_by() == alice()
    for where in ("impact", "home figures"):
        assert Highlight.objects.filter(where=where).last().claim == claim


def test_without_a_place_it_stands_in_the_register_only(desk):
    desk.post(NEW, five_fields())
    assert not newest().highlights.exists()


def test_a_new_claim_is_not_public(desk, client):
    desk.post(NEW, five_fields(where=["impact"]))
    number = newest().number
    client.logout()
    assert client.get(f"/evidence/e{number}/").status_code == 404
    assert LETTERS not in client.get("/impact/").content.decode()


def test_each_field_explains_itself_with_an_example(desk):
    page = desk.get(NEW).context
    for form in (page["form"], page["quotation_form"]):
        for field in form:
            assert "example" in field.help_text, field.name


def test_words_that_the_source_does_not_say_are_refused_with_the_place(desk):
    page = refused(desk, words="We write to every harbour council four times a year")
    assert "at character 35, after “ery harbour council ”: here “f”, in the source “t”" in page
    assert LETTERS in page and "four times a year</textarea>" in page
    assert '<textarea id="source-text"' in page


def test_a_source_with_a_text_asks_for_its_words(desk):
    assert "Pick the words of the source that say it" in refused(desk, words="")


def test_a_source_of_which_no_copy_is_kept_needs_no_words(desk):
    unkept = Source.objects.filter(text="").first()
    desk.post(NEW, five_fields(source=unkept.pk, words=""))
    assert (newest().citations.get().source, newest().citations.get().passage) == (unkept, None)


def test_words_of_another_body_are_not_the_speakers_own(desk):
    desk.post(NEW, five_fields(organisation=speaker("Lantern Fund").pk))
    assert newest().citations.get().independence == "independent"


@pytest.mark.parametrize("field", ["statement", "organisation", "source"])
def test_what_is_missing_is_said_at_its_field(desk, field):
    page = refused(desk, **{field: ""})
    assert page.count("This field is required.") == 1 and "Nothing is saved yet" in page


def test_a_date_that_is_none_gets_one_sentence(desk):
    assert "“soon” is not a date: write 2002, 1998-05 or 2002-02-12" in refused(desk, as_of="soon")


def test_what_is_like_a_known_claim_is_held_once_and_saved_all_the_same(desk):
    known = a_claim(PILOTS, source=source())
    similar_fields = {"statement": "Training harbour pilots in 36 towns", "words": PILOTS}
    page = refused(desk, **similar_fields)
    assert "Save it all the same" in page and f">{known.reference}</a>" in page
    seen = [part.split('"')[0] for part in page.split('name="seen" value="')[1:]]
    assert str(known.pk) in seen
    assert desk.post(NEW, five_fields(**similar_fields, seen=seen)).status_code == 302
    assert newest().statement == "Training harbour pilots in 36 towns"


def similar(client, **query):
    response = client.get(SIMILAR, query)
    assert response.status_code == 200
    return response.content.decode()


def test_up_to_five_similar_claims_of_the_organisation_are_offered_as_a_part_of_a_page(desk):
    aid, fund, known = speaker(), speaker("Lantern Fund"), a_claim(PILOTS)
    for number in range(8):
        a_claim(f"Training harbour pilots in {number} towns worldwide")
    statement = "Training harbour pilots in 35 towns"
    offered = similar(desk, statement=statement, organisation=aid.pk)
    assert offered.count("<li>") == 5 and known.reference in offered and "<html" not in offered
    assert similar(desk, statement=statement, organisation=fund.pk).strip() == ""


def test_a_few_letters_are_like_nothing_yet(desk):
    assert similar(desk, statement="We have").strip() == ""


@pytest.mark.parametrize(
    "statement",
    ["", "\x00" * 30, "<script>alert(1)</script> " * 20, "x" * 5000, "'; DROP TABLE impact_claim; --" * 2],
)
@pytest.mark.parametrize("organisation", ["", "abc", "-1", "9" * 40, "٣"])
def test_no_question_breaks_the_search_for_similar_claims(desk, statement, organisation):
    assert "<script>alert" not in similar(desk, statement=statement, organisation=organisation)


def test_the_text_of_a_source_is_shown_to_pick_from(desk):
    assert LETTERS in desk.get(TEXT, {"source": source().pk}).content.decode()
    assert (
        "No copy of this document"
        in desk.get(TEXT, {"source": Source.objects.filter(text="").first().pk}).content.decode()
    )
    for nonsense in ("", "abc", "9" * 40, "-1"):
        assert desk.get(TEXT, {"source": nonsense}).content.decode().strip() == ""


def test_hostile_words_come_back_as_words(desk):
    page = refused(
        desk,
        statement="<script>alert(1)</script>\x00",
        words="</textarea><script>alert(1)</script>",
        as_of='"><script>alert(1)</script>',
    )
    assert "<script>alert" not in page


def test_the_matrix_leads_to_the_form_with_the_speaker_chosen(desk):
    aid = speaker()
    page = desk.get(NEW, {"organisation": aid.pk, "source": source().pk}).content.decode()
    assert f'value="{aid.pk}" selected' in page and LETTERS in page


def test_only_who_may_add_a_claim_may(client):
    dora = get_user_model().objects.create_user("dora", is_staff=True)
    client.force_login(dora)
    for path in (NEW, SIMILAR, TEXT):
        assert client.get(path).status_code == 403
    assert client.post(NEW, five_fields()).status_code == 403


def test_who_may_put_nothing_forward_is_not_asked_where(client):
    dora = get_user_model().objects.create_user("dora", is_staff=True)
    dora.user_permissions.set(
        Permission.objects.filter(codename__in=["add_claim", "change_claim", "view_claim"])
    )
    client.force_login(dora)
    assert "Where it shows" not in client.get(NEW).content.decode()
    client.post(NEW, five_fields(where=["impact"]))
    assert newest().owner == dora and not newest().highlights.exists()
