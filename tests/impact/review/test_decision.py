"""Bob reads what changes and decides, with every warning seen."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from impact.admin.public_with import seen_value
from impact.models import Claim, Conflict, Edition, Highlight
from organisation.models import Citation, Mend, Source
from tests.support.blocks import text_of
from tests.support.factory import (
    a_claim,
    a_passage,
    a_profiled_organisation,
    a_source,
    an_organisation,
    published,
)
from tests.support.forms import decision, press, refusals_in, review
from tests.support.marks import as_seen
from tests.support.people import alice, bob
from tests.support.review import e10, step_kinds, submit, submit_count

pytestmark = pytest.mark.django_db

TOMORROW = timezone.now() + timedelta(days=1)


def test_bob_reads_what_changes_word_by_word_and_publishes_it(desk, bobs):
    submit(
        desk,
        statement="Our training programs have reached over 4,500 participants from over 55 countries",
        in_our_words="on",
    )
    shown = as_seen(bobs.get(review(e10())).content.decode())
    assert "have <del>been delivered to</del> over" in shown and "have <ins>reached</ins> over" in shown
    assert "over <del>4,500</del> participants" in shown and "over <ins>5,000</ins> participants" in shown
    assert (
        "countries that participants came from” do not say" in shown and "<dt>Figure “countries" not in shown
    )
    page = bobs.post(review(e10()), decision(bobs, e10()), follow=True)
    assert "E10 is published." in page.content.decode()
    edition = e10().current_edition
    assert (edition.number, edition.change, edition.reason, edition.published_by) == (
        2,
        "update",
        "A newer count",
        bob(),
    )
    assert step_kinds(e10()) == ["published", "submitted", "published"]
    assert "5,000" in Client().get("/").content.decode()


def test_figures_and_sources_are_told_by_what_they_are_and_not_by_their_place(desk, bobs):
    source = Source.objects.get(slug="csi-who-we-are")
    claim = e10()
    first, second = claim.figures.all()
    first.order, second.order = 1, 0
    first.save()
    second.save()
    Citation.objects.create(record=claim, source=source, relation="context", note="For comparison", order=0)
    rows = {str(row.name): row for row in desk.get(review(claim)).context["differences"]}
    assert set(rows) == {f"source “{source}”", "order of the figures"}
    assert rows[f"source “{source}”"].old == ""


def test_a_first_edition_shows_all_that_readers_would_see_and_asks_for_no_reason(desk, bobs):
    claim = a_claim()
    press(desk, claim, "submit")
    page = bobs.get(review(claim))
    assert "This would be the first edition." in page.content.decode()
    assert "change" not in page.context["forms"]["publish"].fields
    bobs.post(review(claim), decision(bobs, claim))
    claim.refresh_from_db()
    assert (claim.current_edition.change, claim.current_edition.reason) == ("first", "")


def test_nobody_publishes_what_was_not_submitted(desk, bobs):
    submit_count()
    data = decision(bobs, e10())
    press(bobs, e10(), "return", reason="Say whose count it is.")
    assert e10().stage == "returned"
    assert "publish" not in bobs.get(review(e10())).context["forms"]
    page = bobs.post(review(e10()), data)
    assert refusals_in(page)[0] == "The claim is not submitted for review: nothing was decided."
    assert ">\nA newer count</textarea>" in page.content.decode()
    assert e10().current_edition.number == 1


def test_every_warning_has_to_be_seen_and_what_was_typed_is_kept(desk, bobs):
    submit_count()
    data = {name: value for name, value in decision(bobs, e10()).items() if value != "on"}
    ticks = bobs.get(review(e10())).context["forms"]["publish"].checklist
    page = bobs.post(review(e10()), data | {ticks[0][1].html_name: "on"})
    assert refusals_in(page) == ["Tick that you have seen this, or change the claim."] * (len(ticks) - 1)
    shown = page.content.decode()
    assert ">\nA newer count</textarea>" in shown
    ticked = shown.count('_finding" checked>')
    assert (shown.count('type="checkbox"'), ticked) == (len(ticks) + 1, 1)  # and one of the withdrawal
    assert e10().current_edition.number == 1


def test_readers_are_told_what_kind_of_change_it_is_and_why(desk, bobs):
    submit(desk, **{"figures-0-value": "4500", "limitations": "Counted by itself."})
    page = bobs.post(review(e10()), decision(bobs, e10(), **{"publish-change": "", "publish-reason": " "}))
    assert refusals_in(page) == [
        "Choose what kind of change it is: readers see it.",
        "Say what changed and why: readers see the reason.",
    ]
    assert e10().current_edition.number == 1


def test_a_published_figure_does_not_change_without_a_reason(desk, bobs):
    submit_count()
    page = bobs.post(review(e10()), decision(bobs, e10(), **{"publish-reason": ""}))
    assert refusals_in(page) == ["A published figure changes: say why, for readers see the reason."]


def test_a_change_made_while_bob_was_reading_is_refused_and_he_can_decide_anew(desk, bobs):
    submit_count()
    data = decision(bobs, e10())
    submit(desk, limitations="Of 6,000 who came.")
    page = bobs.post(review(e10()), data)
    assert refusals_in(page) == [
        "The claim was changed while you looked at it: read it again before you decide."
    ]
    assert "6,000" in page.content.decode() and ">\nA newer count</textarea>" in page.content.decode()
    assert page.context["fingerprint"] != data["publish-seen"]
    bobs.post(review(e10()), data | {"publish-seen": page.context["fingerprint"]})
    assert e10().current_edition.limitations == "Of 6,000 who came."
    assert step_kinds(e10()) == ["published", "submitted", "changed", "submitted", "published"]


def test_a_decision_that_does_not_say_what_was_seen_is_refused(desk, bobs):
    submit_count()
    page = bobs.post(review(e10()), decision(bobs, e10(), **{"publish-seen": ""}))
    assert refusals_in(page) == [
        "The claim was changed while you looked at it: read it again before you decide."
    ]


def test_bob_says_why_he_returns_a_claim(desk, bobs):
    submit_count()
    page = press(bobs, e10(), "return", reason="")
    assert refusals_in(page) == ["Say why you return it, so that the editor knows what to do."]
    press(bobs, e10(), "return", reason="Say whose count it is.")
    assert e10().stage == "returned"
    assert "Say whose count it is." in desk.get(review(e10())).content.decode()


def test_reading_the_review_page_changes_nothing(desk, bobs):
    submit_count()
    before = (e10().fingerprint, e10().stage, step_kinds(e10()), e10().history.count())
    bobs.get(review(e10()))
    assert (e10().fingerprint, e10().stage, step_kinds(e10()), e10().history.count()) == before


def test_the_record_keeps_the_time_that_was_set_and_the_warnings_that_were_seen(desk, bobs):
    submit(desk, as_of="")
    bobs.post(
        review(e10()),
        decision(bobs, e10(), **{"do": "schedule", "publish-at_0": "2031-05-06", "publish-at_1": "09:30"}),
    )
    page = bobs.get(review(e10())).content.decode()
    record = page[page.index('id="record"') :]
    assert "To be published on 6 May 2031" in record
    assert "readers will see “not stated”" in record


def test_every_transition_returns_the_refreshed_claim():
    claim = Claim.objects.get(number=10)
    claim.limitations = "Other words"
    claim.save()
    first = claim.current_edition
    for transition, stage in (
        (lambda: claim.submit(alice(), seen=claim.fingerprint), "submitted"),
        (lambda: claim.send_back(bob(), "Why?", seen=claim.fingerprint), "returned"),
        (lambda: claim.submit(alice(), seen=claim.fingerprint), "submitted"),
        (lambda: claim.schedule(bob(), TOMORROW, seen=claim.fingerprint), "scheduled"),
        (lambda: claim.unschedule(bob(), seen=claim.fingerprint), "submitted"),
        (lambda: claim.publish_scheduled(), "submitted"),
        (lambda: claim.publish(bob(), "A newer count", seen=claim.fingerprint), "published"),
        (lambda: claim.ask_to_retire(alice(), seen=claim.fingerprint), "submitted"),
        (lambda: claim.send_back(bob(), "No", seen=claim.fingerprint), "published"),
        (
            lambda: claim.restore(first, bob(), "It was right", seen=claim.fingerprint),
            "published",
        ),
        (lambda: claim.withdraw(bob(), "It was wrong", seen=claim.fingerprint), "draft"),
    ):
        assert transition() is claim
        assert claim.stage == stage


@pytest.mark.parametrize("seen", ["", "fingerprint of other words"])
def test_no_transition_is_made_on_words_that_changed_since_they_were_shown(seen):
    claim = Claim.objects.get(number=10)
    not_current = Edition(pk=0, claim=claim)
    drafts = Claim.objects.filter(pk=claim.pk)
    for refused in (
        lambda: claim.ask_to_retire(alice(), seen=seen),
        lambda: claim.restore(not_current, bob(), "Because", seen=seen),
        lambda: claim.withdraw(bob(), "Because", seen=seen),
        lambda: drafts.update(limitations="Other words") and claim.submit(alice(), seen=seen),
        lambda: claim.submit(alice(), seen=Claim.AS_STORED).send_back(bob(), "Because", seen=seen),
        lambda: claim.schedule(bob(), TOMORROW, seen=seen),
        lambda: claim.publish(bob(), seen=seen),
        lambda: claim.schedule(bob(), TOMORROW, seen=Claim.AS_STORED).unschedule(bob(), seen=seen),
    ):
        with pytest.raises(ValidationError, match="The claim was changed while you looked at it"):
            refused()
    claim.refresh_from_db()
    assert (claim.stage, claim.current_edition.number) == ("scheduled", 1)


def test_bob_does_not_return_words_that_he_has_not_read(desk, bobs):
    submit_count()
    page = bobs.get(review(e10()))
    submit(desk, **{"figures-0-value": "6000"})
    data = {"do": "return", "return-reason": "Whose count?", "return-seen": page.context["fingerprint"]}
    page = bobs.post(review(e10()), data)
    assert refusals_in(page) == [
        "The claim was changed while you looked at it: read it again before you decide."
    ]
    assert ">\nWhose count?</textarea>" in page.content.decode()
    assert f'name="return-seen" value="{seen_value(e10())}"' in page.content.decode()
    assert e10().stage == "submitted"


def test_an_organisation_of_the_same_name_is_a_change_and_becomes_public_with_the_claim(bobs):
    claim = published(a_claim(organisation=a_profiled_organisation()))
    namesake = an_organisation("North", official_name="Harbour Aid")
    Claim.objects.filter(pk=claim.pk).update(organisation=namesake)
    page = text_of(bobs.get(review(claim)).content.decode())
    assert "Harbour Aid (number" in page and "Nothing: the claim says" not in page
    assert "Organisation “Harbour Aid”: readers do not see it now." in page


def test_whoever_decides_reads_all_that_becomes_public_with_a_claim(bobs):
    passage = a_passage(
        "We taught 40 pilots", title="Log", author=an_organisation("Press House", seat="Bree")
    )
    Mend.objects.create(passage=passage, says="40", shows="fourty", why="A slip that only readers saw")
    claim = a_claim(source=passage.source)
    Claim.objects.filter(pk=claim.pk).update(review_by="2041-05-01", confirmed_on="2031-04-01")
    claim.refresh_from_db()
    Highlight.objects.create(claim=claim, where="home claims")
    claim.submit(alice(), seen=Claim.AS_STORED)
    for page in (bobs.get(review(claim)), chosen_for_publication(bobs, claim)):
        text = text_of(page.content.decode())
        assert "Organisation “Press House”: readers do not see it now." in text and "Bree" in text
        assert "Source “Log”: readers do not see it now." in text and "A slip that only readers saw" in text
        assert "It is put forward: claims, put first." in text
        assert "Its next review: 1 May 2041." in text and "last found true: 1 April 2031." in text
    published(claim)
    assert "becomes public with it" not in text_of(bobs.get(review(claim)).content.decode())


def chosen_for_publication(client, claim):
    """Returns the page on which several claims are published."""
    data = {"action": "publish_claims", "_selected_action": [claim.pk]}
    return client.post(reverse("admin:impact_claim_changelist"), data)


@pytest.mark.parametrize(
    "change",
    [
        lambda claim: Claim.objects.filter(pk=claim.pk).update(review_by="2041-05-01"),
        lambda claim: Source.objects.filter(cited_by__object_id=claim.pk).update(byline="A. Liar"),
    ],
    ids=["next review", "document"],
)
def test_what_becomes_public_with_a_claim_is_what_the_page_has_shown(bobs, change):
    claim = a_claim(source=a_source("Log"))
    claim.submit(alice(), seen=Claim.AS_STORED)
    data = decision(bobs, claim)
    change(claim)
    changed = "The claim was changed while you looked at it: read it again before you decide."
    assert refusals_in(bobs.post(review(claim), data)) == [changed]
    bobs.post(review(claim), decision(bobs, claim))
    assert Claim.objects.get(pk=claim.pk).current_edition


def test_a_claim_that_was_submitted_anew_since_with_the_same_words_is_read_again(bobs):
    claim = a_claim()
    claim.submit(alice(), seen=Claim.AS_STORED)
    data = decision(bobs, claim)
    for statement in ("We taught 41 pilots", claim.statement):
        Claim.objects.filter(pk=claim.pk).update(statement=statement)
        Claim.objects.get(pk=claim.pk).note_change(alice())
    claim.submit(alice(), seen=Claim.AS_STORED)
    assert len(refusals_in(bobs.post(review(claim), data))) == 1
    assert Claim.objects.get(pk=claim.pk).current_edition is None


def test_a_conflict_that_readers_are_told_of_with_the_claim_stands_on_its_review(bobs):
    claim, other = a_claim("We taught 40 pilots"), a_claim("We taught 50 pilots")
    values = {"decision": "confirmed", "why": "They differ", "decided_at": timezone.now()}
    Conflict.objects.create(first=claim, second=other, rule="value", **values)
    sentence = f"The conflict with {other.reference}, on its page too: “They differ”"
    assert sentence not in text_of(bobs.get(review(claim)).content.decode())
    for step in (
        lambda: other.submit(alice(), seen=Claim.AS_STORED),
        lambda: published(other),
        lambda: other.withdraw(bob(), "Wrong", seen=Claim.AS_STORED),  # one person can put it back
    ):
        step()
        assert sentence in text_of(bobs.get(review(claim)).content.decode())
    other.put_back(alice(), "It is true")
    published(claim)
    assert sentence not in text_of(bobs.get(review(claim)).content.decode())
