"""Links for outside reviewers: Dana, who has no account, reads one draft and comments on it."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from impact.models import Claim, Edition, ReviewLink, ReviewStep
from organisation.models import Citation, Source
from tests.support.forms import decision, press, refusals_in, review
from tests.support.people import alice
from tests.support.review import change_count, e10
from tests.test_markup import Document, misplaced

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(desk):
    """Alice's browser, in which she has changed the number of participants."""
    change_count()
    return desk


@pytest.fixture
def dana():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def address(desk):
    return make_link(desk)


def make_link(client, name="Dana", days=14):
    page = client.post(review(e10()), {"do": "link", "link-for_whom": name, "link-days": days})
    return page.context["link_address"].removeprefix("http://testserver")


def seen_by(dana, address):
    return dana.get(address).context["fingerprint"]


def test_alice_makes_a_link_that_is_shown_once_and_kept_nowhere(desk):
    page = desk.post(review(e10()), {"do": "link", "link-for_whom": "Dana", "link-days": "14"})
    address = page.context["link_address"]
    assert address in page.content.decode() and "no-store" in page["Cache-Control"]
    again = desk.get(review(e10())).content.decode()
    assert "Dana" in again and address not in again
    secret = address.rstrip("/").rpartition("/")[2]
    link = ReviewLink.objects.get()
    assert secret not in str(vars(link))
    assert timedelta(days=13) < link.expires_at - timezone.now() <= timedelta(days=14)
    assert ReviewStep.objects.last().kind == "link made"


@pytest.mark.parametrize("days", ["", "0", "61", "many"])
def test_a_link_lasts_from_one_to_sixty_days(desk, days):
    page = desk.post(review(e10()), {"do": "link", "link-for_whom": "Dana", "link-days": days})
    assert refusals_in(page) == ["Give a number of days from 1 to 60."]
    assert 'value="Dana"' in page.content.decode()
    assert not ReviewLink.objects.exists()


def test_there_is_no_link_to_what_readers_already_see(desk, bobs):
    change_count(4500)
    claim = Claim.objects.get(number=11)
    page = bobs.post(review(claim), {"do": "link", "link-for_whom": "Dana", "link-days": "14"})
    assert refusals_in(page) == ["The claim says what readers already see: there is nothing to review."]


def test_dana_reads_the_draft_and_what_changes_without_account_or_cookie(address, dana):
    before = (Edition.objects.count(), ReviewStep.objects.count(), e10().current_edition_id, e10().stage)
    page = dana.get(address)
    shown = page.content.decode()
    assert "removed: </span>4,500<" in shown and "added: </span>5,000<" in shown
    assert not page.cookies
    assert (page["X-Robots-Tag"], page["Cache-Control"], page["Referrer-Policy"]) == (
        "noindex",
        "no-store",
        "same-origin",
    )
    assert (
        Edition.objects.count(),
        ReviewStep.objects.count(),
        e10().current_edition_id,
        e10().stage,
    ) == before


def test_the_page_for_dana_is_sound_html(address, dana):
    dana.post(address, {"do": "comment", "comment": "Whose count?", "seen": seen_by(dana, address)})
    for page in (dana.get(address), dana.post(address, {"do": "comment", "comment": "", "seen": "x"})):
        document = Document(page.content.decode())
        assert (document.faults, misplaced(document)) == ([], [])
        assert len(document.ids) == len(set(document.ids))


def test_a_document_that_only_the_draft_cites_is_named_to_dana_and_not_linked(desk, dana):
    new = Source.objects.create(
        slug="new-survey", kind="report", title="A survey for this test", address="https://example.org/survey"
    )
    claim = e10()
    Citation.objects.create(
        record=claim,
        source=new,
        relation="supports",
        independence="independent",
        note="It counts the same.",
        order=9,
    )
    claim.note_change(alice())
    page = dana.get(make_link(desk)).content.decode()
    assert "A survey for this test" in page and new.get_absolute_url() not in page
    assert f'<a href="{claim.citations.first().source_line_url}"' in page


def test_dana_comments_and_alice_reads_it_on_the_review_page(desk, address, dana):
    answer = dana.post(
        address,
        {"do": "comment", "comment": "Whose count is it?", "seen": seen_by(dana, address)},
        follow=True,
    )
    assert "You commented." in answer.content.decode()
    step = ReviewStep.objects.last()
    assert (step.kind, step.outsider, step.by, step.note, step.fingerprint) == (
        "commented",
        "Dana",
        None,
        "Whose count is it?",
        e10().fingerprint,
    )
    shown = desk.get(review(e10())).content.decode()
    assert "Whose count is it?" in shown and "About the present words." in shown


def test_an_approval_stands_for_the_words_that_were_read(desk, address, dana):
    dana.post(address, {"do": "approve", "comment": "", "seen": seen_by(dana, address)})
    assert ReviewStep.objects.last().kind == "approved"
    assert "About the present words." in desk.get(review(e10())).content.decode()
    change_count(6000)
    shown = desk.get(review(e10())).content.decode()
    assert (
        "About earlier words: they have changed since." in shown and "About the present words." not in shown
    )
    assert "They have changed since." in dana.get(address).content.decode()


@pytest.mark.parametrize("do", ["comment", "approve"])
def test_words_that_changed_meanwhile_are_not_approved_and_the_comment_is_kept(desk, address, dana, do):
    before = seen_by(dana, address)
    change_count(6000)
    page = dana.post(address, {"do": do, "comment": "Fine by me", "seen": before})
    shown = page.content.decode()
    assert "The claim was changed while you looked at it: read it again before you decide." in shown
    assert "6,000" in shown and ">\nFine by me</textarea>" in shown
    assert not ReviewStep.objects.filter(outsider="Dana").exists()
    dana.post(address, {"do": do, "comment": "Fine by me", "seen": page.context["fingerprint"]})
    assert ReviewStep.objects.get(outsider="Dana").fingerprint == e10().fingerprint


@pytest.mark.parametrize("do", ["comment", "approve"])
def test_what_dana_sends_twice_is_said_once(address, dana, do):
    for comment in ("Whose count is it?", "Whose count is it?", "And when?"):
        dana.post(address, {"do": do, "comment": comment, "seen": seen_by(dana, address)})
    assert list(ReviewStep.objects.filter(outsider="Dana").order_by("pk").values_list("note", flat=True)) == [
        "Whose count is it?",
        "And when?",
    ]


def test_an_empty_comment_and_an_unknown_button_get_one_sentence_each(address, dana):
    for do, refusal in (
        ("comment", "The comment is empty: write what you want to say."),
        ("other", "Send a comment, or approve the words."),
    ):
        page = dana.post(address, {"do": do, "comment": " ", "seen": seen_by(dana, address)})
        assert refusal in page.content.decode()
        assert ('id="comment-error"' in page.content.decode()) is (do == "comment")
    assert not ReviewStep.objects.filter(outsider="Dana").exists()


def test_what_dana_writes_is_shown_as_text(desk, address, dana):
    dana.post(
        address,
        {"do": "comment", "comment": "<script>alert(1)</script>", "seen": seen_by(dana, address)},
    )
    for page in (desk.get(review(e10())), dana.get(address)):
        assert "<script>alert(1)" not in page.content.decode()


def test_a_secret_that_was_never_given_leads_nowhere(dana):
    assert dana.get(reverse("review-link", kwargs={"secret": "x" * 43})).status_code == 404
    assert dana.post(reverse("review-link", kwargs={"secret": "x" * 43})).status_code == 404


def assert_over(dana, address, reason):
    page = dana.get(address)
    assert page.status_code == 410
    assert reason in page.content.decode()
    assert (page["X-Robots-Tag"], page["Cache-Control"], page["Referrer-Policy"]) == (
        "noindex",
        "no-store",
        "same-origin",
    )
    page = dana.post(address, {"do": "comment", "comment": "Too late", "seen": e10().fingerprint})
    assert page.status_code == 410 and "Too late" in page.content.decode()
    assert not ReviewStep.objects.filter(outsider="Dana").exists()


def test_a_link_ends_by_itself(address, dana):
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=14, seconds=1)):
        assert_over(dana, address, "The time of this link is over.")


def test_alice_takes_a_link_back(desk, address, dana):
    link = ReviewLink.objects.get()
    desk.post(review(e10()), {"do": "revoke", "revoke-link": link.pk})
    assert_over(dana, address, "This link was taken back.")
    assert ReviewStep.objects.last().kind == "link revoked"
    assert refusals_in(desk.post(review(e10()), {"do": "revoke", "revoke-link": link.pk})) == [
        "That link leads nowhere any more."
    ]


def test_a_link_does_not_outlive_the_publication_nor_open_the_next_draft(desk, bobs, address, dana):
    press(desk, e10(), "submit")
    bobs.post(review(e10()), decision(bobs, e10()))
    assert e10().current_edition.number == 2
    assert_over(dana, address, "The claim was published meanwhile: there is nothing left to review.")
    change_count(7000)
    assert e10().stage == "draft"
    assert_over(dana, address, "The claim was published meanwhile: there is nothing left to review.")


def test_a_link_to_one_claim_says_nothing_about_another(desk, address):
    other = Claim.objects.get(number=11)
    assert refusals_in(
        desk.post(review(other), {"do": "revoke", "revoke-link": ReviewLink.objects.get().pk})
    ) == ["That link leads nowhere any more."]
    assert ReviewLink.objects.get().is_open


@pytest.mark.parametrize("days", [1, 60])
def test_a_link_of_one_day_or_of_sixty_ends_at_its_second(desk, dana, days):
    address = make_link(desk, days=days)
    link = ReviewLink.objects.get()
    for seconds, status in ((-1, 200), (0, 410)):
        now = link.expires_at + timedelta(seconds=seconds)
        with patch("django.utils.timezone.now", return_value=now):
            assert dana.get(address).status_code == status
            assert ReviewLink.objects.open().exists() is (status == 200)
    assert link.expires_at - link.made_at < timedelta(days=days, minutes=5)
    assert link.expires_at - link.made_at > timedelta(days=days, minutes=-5)


def test_a_link_that_is_over_is_not_taken_back_and_without_a_name_none_is_made(desk, address):
    ReviewLink.objects.update(expires_at=timezone.now())
    page = desk.post(review(e10()), {"do": "revoke", "revoke-link": ReviewLink.objects.get().pk})
    assert refusals_in(page) == ["That link leads nowhere any more."]
    for name, refusals in (("", 1), ("x" * 201, 1), ("x" * 200, 0)):
        page = desk.post(review(e10()), {"do": "link", "link-for_whom": name, "link-days": "14"})
        assert len(refusals_in(page)) == refusals, len(name)
    assert ReviewLink.objects.count() == 2


def test_a_link_that_was_taken_back_while_dana_sent_her_comment_takes_it_no_more(address):
    link, same = ReviewLink.objects.get(), ReviewLink.objects.get()
    same.revoke(alice())
    with pytest.raises(ValidationError, match="This link was taken back"):
        link.respond("commented", "Too late", e10().fingerprint)
    assert not ReviewStep.objects.filter(outsider="Dana").exists()


def test_the_same_answer_to_other_words_stands_on_record_again(desk, address, dana):
    for value in (6000, 7000):
        change_count(value)
        for _time in range(2):
            dana.post(address, {"do": "approve", "comment": "Fine", "seen": seen_by(dana, address)})
    steps = ReviewStep.objects.filter(outsider="Dana")
    assert steps.count() == steps.values("fingerprint").distinct().count() == 2


def test_dana_reads_what_she_said_at_this_link_and_nobody_elses_words(desk, address, dana):
    addresses = {"Dana": address, "Erin": make_link(desk, "Erin"), "Dana again": make_link(desk, "Dana")}
    for name, place in reversed(addresses.items()):
        dana.post(place, {"do": "comment", "comment": f"By {name}.", "seen": seen_by(dana, place)})
    press(desk, e10(), "submit", note="By Alice.")
    for name, others in (("Erin", {"Dana", "Dana again", "Alice"}), ("Dana again", {"Erin", "Alice"})):
        page = dana.get(addresses[name]).content.decode()
        assert f"By {name}." in page
        assert [other for other in others if f"By {other}." in page] == []


@pytest.mark.parametrize(("letters", "is_taken"), [(5000, True), (5001, False)])
def test_a_comment_has_up_to_five_thousand_letters(address, dana, letters, is_taken):
    dana.post(address, {"do": "comment", "comment": "x" * letters, "seen": seen_by(dana, address)})
    assert ReviewStep.objects.filter(outsider="Dana").exists() is is_taken


def test_a_link_takes_a_limited_number_of_answers(address, dana, monkeypatch):
    monkeypatch.setattr(ReviewLink, "MAX_RESPONSES", 2)
    for number in range(1, 4):
        data = {"do": "comment", "comment": f"Comment {number}", "seen": seen_by(dana, address)}
        answer = dana.post(address, data)
        assert (answer.status_code == 302) is (number <= 2)
    assert "this link takes no more" in answer.content.decode() and "Comment 3" in answer.content.decode()
