"""Bob withdraws a claim for somebody's safety: what it quotes goes with it, wherever it is read."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from impact.models import Claim, ReviewLink
from organisation.models import Passage, Proposal, Source, Takedown
from tests.support.factory import a_claim, a_source, a_statement, an_organisation, cite, published
from tests.support.forms import errors_in
from tests.support.pages import a_page
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, form_of, propose
from tests.support.withheld import NAMED, TEXT, WITHHELD, page_of, withdraw

pytestmark = pytest.mark.django_db


def addresses(source):
    number = Claim.objects.get(statement="We taught 40 pilots").number
    return [
        source.get_absolute_url(),
        *(f"/evidence/e{number}/{rest}" for rest in ("", "v1/")),
        *("/api/v1/evidence?claim=E" + str(number), "/data/evidence.csv", "/data/evidence.json"),
        *("/search/?q=north+quay", "/search/suggest/?q=zugzw", "/feeds/corrections.atom", "/sources/"),
    ]


def outlets_with(words, source):
    found = []
    for address in addresses(source):
        answer = Client().get(address, follow=True)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200, address
        if words in body.decode():
            found.append(address)
    return found


def test_the_words_are_withheld_wherever_their_source_is_read_and_the_page_says_why(claim, source):
    assert len(outlets_with("Zugzwang", source)) >= 5
    withdraw(claim, is_for_safety="on")
    assert outlets_with("Zugzwang", source) == []
    page, lines = page_of(source), TEXT.split("\n")
    assert "Words of this text are withheld, because to show them could harm somebody." in page
    hidden = "█" * len(NAMED)
    assert f'<span class="line-text">{hidden}{lines[1].removeprefix(NAMED)}</span>' in page
    assert "We sail." in page and "We land." in page and source.sha256 not in page
    assert len(outlets_with(WITHHELD, source)) >= 4


def test_the_stored_text_stays_byte_for_byte(claim, source):
    withdraw(claim, is_for_safety="on")
    stored = Source.objects.get(pk=source.pk)
    assert (stored.text, stored.sha256) == (TEXT, source.sha256)
    assert stored.history.count() == source.history.count()
    assert Passage.objects.filter(words=NAMED).exists()
    assert NAMED in at_desk(bob()).get(form_of(stored)).content.decode()


def test_bob_is_told_who_else_rests_on_the_same_words(claim, source):
    other = Claim.objects.get(statement="We taught 40 pilots")
    says = a_statement(f"So: {NAMED}", organisation=an_organisation(profiled=True))
    answer = withdraw(claim, is_for_safety="on", follow=True).content.decode()
    told = answer.partition("are still read: look whether they say them. ")[2].partition("</li>")[0]
    assert f'<a href="{form_of(other)}">{other.reference} We taught 40 pilots</a>' in told
    assert f'<a href="{form_of(says)}">' in told and "We land." not in told


def test_without_the_tick_the_source_keeps_its_words(claim, source):
    withdraw(claim)
    assert NAMED in page_of(source) and "withheld" not in page_of(source)


def test_what_is_put_back_or_published_anew_is_read_again(claim, source):
    withdraw(claim, is_for_safety="on")
    takedown = Takedown.objects.latest("pk")
    assert "are withheld from readers" in at_desk(alice()).get(takedown.get_absolute_url()).content.decode()
    at_desk(bob()).post(takedown.get_absolute_url(), {"do": "put back", "reason": "It is safe now."})
    assert NAMED in page_of(source) and source.sha256 in page_of(source)
    withdraw(claim, is_for_safety="on")
    assert NAMED not in page_of(source)
    claim.refresh_from_db()
    claim.restore(claim.editions.first(), bob(), "It is safe now.", seen=Claim.AS_STORED)
    assert NAMED in page_of(source)


def test_words_that_two_claims_withhold_stay_withheld_until_both_are_back(claim, source):
    another = a_claim("They told us, too", source=source)
    cite(another, source, passage=Passage.objects.quote(source, NAMED))
    published(another)
    withdraw(claim, is_for_safety="on")
    withdraw(another, is_for_safety="on")
    first, second = Takedown.objects.order_by("-pk")[:2]
    first.decide(Takedown.State.CONFIRMED, alice())
    at_desk(bob()).post(second.get_absolute_url(), {"do": "put back", "reason": "It is safe now."})
    assert NAMED not in page_of(source)
    another.refresh_from_db()
    another.restore(another.editions.first(), bob(), "It is safe now.", seen=Claim.AS_STORED)
    assert NAMED in page_of(source)


def test_a_part_of_the_words_is_withheld_and_the_rest_is_read():
    source = Source(text="one two\nthree", withheld=[[4, 10]])
    assert source.masked() == "one ███\n██ree" and source.lines == ["one ███", "██ree"]
    assert source.words_for_readers("two\nthree", 4) == f"{WITHHELD} ree"
    assert source.words_for_readers("one", 0) == "one"
    for start, end, is_withheld in ((0, 4, False), (3, 5, True), (9, 12, True), (10, 12, False)):
        assert source.withholds(Passage(start=start, end=end)) is is_withheld


def test_a_claim_withdrawn_for_safety_brings_no_edition_back_by_being_published_with_other_words(
    claim, source
):
    first = claim.current_edition.get_absolute_url()
    withdraw(claim, is_for_safety="on")
    claim.refresh_from_db()
    claim.citations.all().delete()
    cite(claim, a_source("Yearbook"))
    with pytest.raises(ValidationError, match="withdrawn for somebody's safety"):
        published(claim, statement="We sail by day")
    assert Client().get(first).status_code == 410 and NAMED not in page_of(source)


@pytest.mark.parametrize("said", [NAMED, f"So: {NAMED}", "Zugzwang of the north quay"])
@pytest.mark.parametrize("ours", ["on", ""])
def test_no_record_says_the_words_again_that_are_withheld_not_even_as_ours(claim, source, said, ours):
    statement = a_statement("We sail.", organisation=an_organisation(profiled=True), owner=alice())
    cite(statement, source, passage=Passage.objects.quote(source, NAMED))
    withdraw(claim, is_for_safety="on")
    refused = errors_in(propose(alice(), statement, text=said, in_our_words=ours))
    assert [each for each in refused if f"“{NAMED}” is withheld from readers" in each]
    other = a_claim(said, source=source, in_our_words=bool(ours))
    with pytest.raises(ValidationError, match="is withheld from readers"):
        published(other)
    assert propose(alice(), statement, text="We sail far.", in_our_words="on").status_code == 302


def test_the_words_are_withheld_wherever_else_they_stand_and_in_what_is_brought_in_later(claim, source):
    broken = NAMED.replace(" of", "\nof")
    quay = an_organisation("Quay", profiled=True)
    twice = a_source("Twice", author=quay, kind="report", text=f"{NAMED} {broken}")
    withdraw(claim, is_for_safety="on")
    later = a_source("Later", author=quay, kind="report", text=f"Also: {NAMED}")
    for each in (twice, later):
        assert "Zugzwang" not in page_of(each) and "█" in page_of(each)
    claim.refresh_from_db()
    claim.put_back(bob(), "It is safe now.")
    assert NAMED in page_of(twice) and NAMED in page_of(later)


def fields_of(page):
    """Returns the data of the form of an earlier state, as a browser sends it."""
    fields = page.context["adminform"].form
    return {"seen": page.context["seen"]} | {each.html_name: each.value() or "" for each in fields}


def test_no_earlier_state_of_a_source_brings_back_the_words_that_are_withheld(claim, source):
    withdraw(claim, is_for_safety="on")
    earlier, stored = source.history.earliest(), Source.objects.get(pk=source.pk)
    stored.save()
    undo = reverse("admin:undo-record", args=["organisation.source", stored.history.latest().history_id])
    at_desk(alice()).post(undo)
    assert NAMED not in page_of(source)
    history = reverse("admin:organisation_source_simple_history", args=[source.pk, earlier.history_id])
    assert at_desk(alice()).post(history, fields_of(at_desk(alice()).get(history))).status_code == 302
    assert NAMED not in page_of(source)


@pytest.mark.parametrize("way", ["undo", "history"])
def test_no_earlier_state_of_a_statement_says_again_what_is_withheld(claim, source, way):
    statement = a_statement(NAMED, owner=alice(), in_our_words=True)
    earlier, statement.text = statement.history.latest(), "We sail."
    statement.save()
    withdraw(claim, is_for_safety="on")
    undo = reverse(
        "admin:undo-record", args=["organisation.statement", statement.history.latest().history_id]
    )
    history = reverse("admin:organisation_statement_simple_history", args=[statement.pk, earlier.history_id])
    desk, address = at_desk(alice()), {"undo": undo, "history": history}[way]
    data = fields_of(desk.get(history)) if way == "history" else {}
    assert "is withheld from readers" in desk.post(address, data, follow=True).content.decode()
    assert not Proposal.objects.exists()


def test_words_that_are_withheld_stay_so_in_a_source_whose_text_comes_later(claim):
    withdraw(claim, is_for_safety="on")
    later = a_source("Later")
    propose(alice(), later, text=f"Also: {NAMED}")
    cite(a_statement("We sail."), later)
    assert "Also: █" in page_of(later)


def test_an_earlier_edition_of_another_claim_that_says_the_words_is_not_restored(claim, source):
    other = published(a_claim(NAMED, source=source))
    published(other, statement="We sail far")
    withdraw(claim, is_for_safety="on")
    other.refresh_from_db()
    with pytest.raises(ValidationError, match="is withheld from readers"):
        other.restore(other.editions.first(), bob(), "As it was.", seen=Claim.AS_STORED)


def test_bob_is_told_which_pages_say_the_words_and_links_to_the_draft_end(claim, source):
    a_page("Night", f"<p>So: {NAMED.replace('north', '<em>north</em>')}</p>", slug="night")
    a_page("Wording", "<p>Somebody told us something.</p>", slug="wording")
    a_page("Another", "<p>Somebody else.</p>", slug="another")
    claim.limitations = "Told once."
    claim.save()
    claim.note_change(alice())
    claim.refresh_from_db()
    link, address = ReviewLink.issue(claim, alice(), "Eve")
    assert Client().get(address).status_code == 200
    answer = withdraw(claim, is_for_safety="on", follow=True).content.decode()
    told = answer.partition("are still read")[2]
    assert '<a href="/night/">Night (/night/)</a>' in told and "Wording (/wording/)" in told
    assert "Another" not in told.partition("</li>")[0]
    assert Client().get(address).status_code == 410
