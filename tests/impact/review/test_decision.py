"""How Alice's change reaches readers: she submits it, Bob reads and decides, and every step stays on record."""

import re
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from impact.models import Claim, Edition, ReviewLink, ReviewStep
from organisation.models import Citation, Source
from tests.support.forms import decision, filled_in, refusals_in, review
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db

NINE = datetime(2030, 1, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


@pytest.fixture
def bobs():
    client = Client()
    client.force_login(bob())
    return client


def e10():
    return Claim.objects.get(number=10)


def form_of(claim):
    return reverse("admin:impact_claim_change", args=[claim.pk])


def submit(client, **changes):
    """A change in Alice's form, sent with “Save and submit”."""
    form = form_of(e10())
    return client.post(
        form, filled_in(client.get(form), _submit="1", **{"figures-0-value": "5000"} | changes), follow=True
    )


def kinds(claim):
    return list(claim.steps.values_list("kind", flat=True))


def test_alice_saves_and_submits_with_a_note_and_comes_to_the_review_page(desk):
    page = submit(desk, _note="Please look at the number.")
    assert page.redirect_chain[-1][0] == review(e10())
    shown = page.content.decode()
    assert "E10 is submitted for review." in shown and "Please look at the number." in shown
    assert e10().stage == "submitted"
    assert ReviewStep.objects.last().by == alice()


def test_saving_other_words_makes_the_claim_a_draft_and_changes_nothing_for_charlie(desk, client):
    desk.post(form_of(e10()), filled_in(desk.get(form_of(e10())), statement="Alice's words"))
    assert (e10().stage, e10().statement) == ("draft", "Alice's words")
    assert Edition.objects.filter(claim=e10()).count() == 1
    assert "Alice&#x27;s words" not in Client().get("/evidence/e10/", follow=True).content.decode()


def test_what_cannot_be_submitted_is_saved_and_the_note_waits_on_the_review_page(desk):
    prefix = "organisation-citation-content_type-object_id-0-DELETE"
    page = submit(desk, _note="See the number", **{prefix: "on"})
    shown = page.content.decode()
    assert (
        "E10 is saved and not submitted. The claim has no source: add a citation with the passage it comes from."
        in shown
    )
    assert ">\nSee the number</textarea>" in shown
    assert e10().stage == "draft" and not e10().citations.exists()


def test_words_that_readers_already_see_are_not_submitted(desk):
    page = submit(desk, **{"figures-0-value": "4500"})
    assert "The claim says what readers already see: there is nothing to submit." in page.content.decode()
    assert kinds(e10()) == ["published"]


def test_the_form_offers_no_way_around_the_review_even_to_bob(bobs):
    shown = bobs.get(form_of(e10())).content.decode()
    assert "Save and submit for review" in shown and "ublish" not in shown.split('class="submit-row"')[-1]
    bobs.post(
        form_of(e10()),
        filled_in(bobs.get(form_of(e10())), statement="Bob's words", _publish="1", reason="Because"),
    )
    bobs.post(reverse("admin:impact_claim_changelist"), {"action": "publish", "_selected_action": [e10().pk]})
    assert Edition.objects.filter(claim=e10()).count() == 1
    assert review(e10()) in shown


def as_seen(html):
    """Without the words that only a screen reader says."""
    return re.sub('<span class="unseen">.*?</span>', "", html)


def test_bob_reads_what_changes_word_by_word_and_publishes_it(desk, bobs):
    submit(
        desk, statement="Our training programs have reached over 4,500 participants from over 55 countries"
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
    assert kinds(e10()) == ["published", "submitted", "published"]
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
    claim = Claim.objects.create(
        organisation=e10().organisation,
        statement="Our training programs",
        subject="training",
        theme="training",
        type="output",
    )
    Citation.objects.create(record=claim, source=Source.objects.get(slug="dallaire-our-story"))
    desk.post(review(claim), {"do": "submit"})
    page = bobs.get(review(claim))
    assert "This would be the first edition." in page.content.decode()
    assert "change" not in page.context["forms"]["publish"].fields
    bobs.post(review(claim), decision(bobs, claim))
    claim.refresh_from_db()
    assert (claim.current_edition.change, claim.current_edition.reason) == ("first", "")


def test_nobody_publishes_what_was_not_submitted(desk, bobs):
    submit(desk)
    data = decision(bobs, e10())
    bobs.post(review(e10()), {"do": "return", "return-reason": "Say whose count it is."})
    assert e10().stage == "returned"
    assert "publish" not in bobs.get(review(e10())).context["forms"]
    page = bobs.post(review(e10()), data)
    assert refusals_in(page)[0] == "The claim is not submitted for review: nothing was decided."
    assert ">\nA newer count</textarea>" in page.content.decode()
    assert e10().current_edition.number == 1


def test_every_warning_has_to_be_seen_and_what_was_typed_is_kept(desk, bobs):
    submit(desk)
    data = {name: value for name, value in decision(bobs, e10()).items() if value != "on"}
    ticks = bobs.get(review(e10())).context["forms"]["publish"].checklist
    page = bobs.post(review(e10()), data | {ticks[0][1].html_name: "on"})
    assert refusals_in(page) == ["Tick that you have seen this, or change the claim."] * (len(ticks) - 1)
    shown = page.content.decode()
    assert ">\nA newer count</textarea>" in shown
    assert (shown.count('type="checkbox"'), shown.count('_finding" checked>')) == (len(ticks), 1)
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
    submit(desk)
    page = bobs.post(review(e10()), decision(bobs, e10(), **{"publish-reason": ""}))
    assert refusals_in(page) == ["A published figure changes: say why, for readers see the reason."]


def test_a_change_made_while_bob_was_reading_is_refused_and_he_can_decide_anew(desk, bobs):
    submit(desk)
    data = decision(bobs, e10())
    submit(desk, **{"figures-0-value": "6000"})
    page = bobs.post(review(e10()), data)
    assert refusals_in(page) == [
        "The claim was changed while you looked at it: read it again before you decide."
    ]
    assert "6,000" in page.content.decode() and ">\nA newer count</textarea>" in page.content.decode()
    assert page.context["fingerprint"] != data["publish-seen"]
    bobs.post(review(e10()), data | {"publish-seen": page.context["fingerprint"]})
    assert str(e10().current_edition.figures.first()) == "over 6000 participants"
    assert kinds(e10()) == ["published", "submitted", "changed", "submitted", "published"]


def test_a_decision_that_does_not_say_what_was_seen_is_refused(desk, bobs):
    submit(desk)
    page = bobs.post(review(e10()), decision(bobs, e10(), **{"publish-seen": ""}))
    assert refusals_in(page) == [
        "The claim was changed while you looked at it: read it again before you decide."
    ]


def test_bob_does_not_publish_his_own_last_change(desk, bobs):
    submit(desk)
    data = decision(bobs, e10())
    submit(bobs, **{"figures-0-value": "5001"})
    page = bobs.get(review(e10()))
    assert "The last change is your own: somebody else has to publish it." in page.content.decode()
    assert "publish" not in page.context["forms"]
    page = bobs.post(review(e10()), data | {"publish-seen": page.context["fingerprint"]})
    assert refusals_in(page) == ["The last change is your own: somebody else has to publish it."]
    assert e10().current_edition.number == 1


def test_not_even_a_superuser_publishes_their_own_last_change(client):
    root = get_user_model().objects.create_superuser("root", password="root")
    client.force_login(root)
    submit(client)
    page = client.get(review(e10()))
    assert "publish" not in page.context["forms"]
    page = client.post(
        review(e10()),
        {
            "do": "publish",
            "publish-seen": page.context["fingerprint"],
            "publish-reason": "Mine",
            "publish-change": "update",
        },
    )
    assert e10().current_edition.number == 1


def test_where_one_person_may_publish_alone_bob_does_and_every_page_says_so(bobs, settings):
    sentence = "On this site one person may publish their own changes."
    assert sentence not in Client().get("/").content.decode()
    settings.PORTAL_SINGLE_EDITOR = True
    submit(bobs)
    bobs.post(review(e10()), decision(bobs, e10()))
    assert e10().current_edition.number == 2
    for path in ("/", "/evidence/e10/", "/search/", "/nowhere/"):
        assert sentence in Client().get(path, follow=True).content.decode(), path


def test_a_form_sent_back_as_it_was_is_nobodys_change(desk, bobs):
    submit(desk)
    bobs.post(form_of(e10()), filled_in(bobs.get(form_of(e10()))))
    assert e10().last_changed_by() == alice()
    bobs.post(form_of(e10()), filled_in(bobs.get(form_of(e10())), owner=bob().pk))
    assert (e10().owner, e10().last_changed_by(), e10().stage) == (bob(), alice(), "submitted")


def test_a_new_owner_does_not_turn_bobs_words_into_somebody_elses(desk, bobs):
    submit(bobs)
    desk.post(form_of(e10()), filled_in(desk.get(form_of(e10())), owner=bob().pk))
    assert "publish" not in bobs.get(review(e10())).context["forms"]


def test_going_back_to_an_old_state_of_the_form_is_a_change_and_publishes_nothing(desk, bobs):
    submit(desk, statement="First words")
    bobs.post(review(e10()), decision(bobs, e10()))
    old = Claim.history.filter(id=e10().pk, statement="First words").latest()
    desk.post(form_of(e10()), filled_in(desk.get(form_of(e10())), statement="Second words", _submit="1"))
    bobs.post(review(e10()), decision(bobs, e10()))
    assert e10().current_edition.number == 3
    address = reverse("admin:impact_claim_simple_history", args=[e10().pk, old.pk])
    response = desk.get(address)
    data = {field.html_name: field.value() or "" for field in response.context["adminform"].form} | {
        "seen": response.context["seen"]
    }
    assert desk.post(address, data).status_code == 302
    claim = e10()
    assert (claim.statement, claim.stage, claim.current_edition.number) == ("First words", "draft", 3)


def test_bob_sets_a_time_and_the_claim_waits_for_it(desk, bobs):
    submit(desk)
    data = decision(bobs, e10(), do="schedule", **{"publish-at_0": "2030-01-02", "publish-at_1": "09:00"})
    page = bobs.post(review(e10()), data, follow=True)
    assert "Readers see it on 2 January 2030, 09:00 UTC." in page.content.decode()
    assert (e10().stage, e10().publish_at, e10().current_edition.number) == ("scheduled", NINE, 1)
    with patch("django.utils.timezone.now", return_value=NINE + timedelta(seconds=1)):
        edition = e10().publish_scheduled()
    assert (edition.reason, edition.change, edition.published_by) == ("A newer count", "update", bob())


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (("", ""), "Give the date and the time at which readers are to see it."),
        (("2030-01-02", ""), "That is no time: write it as 09:00."),
        (("tomorrow", "09:00"), "That is no date: write it as 2027-03-31."),
        (("2030-01-02", "nine"), "That is no time: write it as 09:00."),
        (("2001-01-02", "09:00"), "That time has passed: choose a later one, or publish now."),
    ],
)
def test_a_time_that_cannot_be_is_refused_with_one_sentence(desk, bobs, at, told):
    submit(desk)
    page = bobs.post(
        review(e10()), decision(bobs, e10(), do="schedule", **{"publish-at_0": at[0], "publish-at_1": at[1]})
    )
    assert refusals_in(page) == [told]
    assert f'value="{at[0]}"' in page.content.decode() or not at[0]
    assert e10().stage == "submitted"


def test_what_is_on_the_schedule_can_be_taken_off_returned_or_published_at_once(desk, bobs):
    submit(desk)
    time = {"publish-at_0": "2030-01-02", "publish-at_1": "09:00"}
    bobs.post(review(e10()), decision(bobs, e10(), do="schedule", **time))
    bobs.post(review(e10()), {"do": "unschedule", "unschedule-reason": "Too early"})
    assert (e10().stage, e10().publish_at) == ("submitted", None)
    bobs.post(review(e10()), decision(bobs, e10(), do="schedule", **time))
    bobs.post(review(e10()), decision(bobs, e10()))
    assert (e10().stage, e10().publish_at, e10().current_edition.number) == ("published", None, 2)


def test_a_change_of_scheduled_words_takes_them_off_the_schedule(desk, bobs):
    submit(desk)
    bobs.post(
        review(e10()),
        decision(bobs, e10(), do="schedule", **{"publish-at_0": "2030-01-02", "publish-at_1": "09:00"}),
    )
    desk.post(form_of(e10()), filled_in(desk.get(form_of(e10())), statement="Other words"))
    assert (e10().stage, e10().publish_at) == ("draft", None)
    assert kinds(e10())[-1] == "changed"


def test_what_is_submitted_already_is_not_submitted_again(desk, bobs):
    submit(desk)
    page = desk.post(review(e10()), {"do": "submit", "submit-note": "Once more"})
    assert refusals_in(page) == ["The claim is submitted already and waits for a decision."]
    assert ">\nOnce more</textarea>" in page.content.decode()


def test_bob_says_why_he_returns_a_claim(desk, bobs):
    submit(desk)
    page = bobs.post(review(e10()), {"do": "return", "return-reason": ""})
    assert refusals_in(page) == ["Say why you return it, so that the editor knows what to do."]
    bobs.post(review(e10()), {"do": "return", "return-reason": "Say whose count it is."})
    assert e10().stage == "returned"
    assert "Say whose count it is." in desk.get(review(e10())).content.decode()


def test_bob_withdraws_a_claim_and_publishes_an_earlier_edition_again(bobs):
    for data in (
        {"do": "withdraw", "withdraw-reason": ""},
        {"do": "restore", "restore-reason": "x", "restore-edition": e10().current_edition_id},
    ):
        assert len(refusals_in(bobs.post(review(e10()), data))) == 1
    first = e10().current_edition
    bobs.post(review(e10()), {"do": "withdraw", "withdraw-reason": "The organisation no longer says this."})
    assert e10().current_edition is None
    shown = bobs.get(review(e10())).content.decode()
    assert "The claim is withdrawn: readers would see all of this." in shown
    page = bobs.post(review(e10()), {"do": "restore", "restore-reason": "", "restore-edition": first.pk})
    assert refusals_in(page) == ["Say why: readers see the reason in the log of corrections."]
    bobs.post(review(e10()), {"do": "restore", "restore-reason": "It does.", "restore-edition": first.pk})
    claim = e10()
    assert (claim.current_edition.number, claim.current_edition.change, claim.stage) == (
        2,
        "restored",
        "published",
    )
    assert kinds(claim) == ["published", "withdrawn", "restored"]


def test_an_earlier_edition_is_published_again_beside_the_draft_that_alice_works_on(desk, bobs):
    first = e10().current_edition
    submit(desk)
    bobs.post(review(e10()), decision(bobs, e10()))
    submit(desk, **{"figures-0-value": "6000"})
    bobs.post(
        review(e10()),
        {"do": "restore", "restore-reason": "The count was wrong.", "restore-edition": first.pk},
    )
    claim = e10()
    assert [str(each.figures.first()) for each in (claim, claim.current_edition)] == [
        "over 6000 participants",
        "over 4500 participants",
    ]
    assert (claim.stage, claim.current_edition.number, claim.current_edition.change) == (
        "submitted",
        3,
        "restored",
    )


def test_alice_decides_nothing_even_by_sending_the_publishers_form(desk, bobs):
    submit(desk)
    for do in ("publish", "schedule", "return", "unschedule", "withdraw", "restore"):
        data = decision(
            bobs, e10(), do=do, **{f"{do}-reason": "Because", "restore-edition": e10().current_edition_id}
        )
        assert desk.post(review(e10()), data).status_code == 403, do
    shown = desk.get(review(e10())).content.decode()
    for button in ("publish", "schedule", "return", "withdraw", "restore"):
        assert f'value="{button}"' not in shown
    assert (e10().stage, e10().current_edition.number) == ("submitted", 1)


def test_who_may_not_change_claims_sees_no_review_and_charlie_is_asked_to_log_in(client):
    assert client.get(review(e10())).status_code == 302
    client.force_login(get_user_model().objects.create_user("dora", is_staff=True))
    assert client.get(review(e10())).status_code == 403
    assert client.post(review(e10()), {"do": "submit"}).status_code == 403
    assert client.get(reverse("admin:impact_claim_preview", args=[e10().pk]) + "?page=/").status_code == 403


def test_a_claim_that_is_not_there_and_a_step_that_is_none_are_refused(desk):
    assert desk.get(reverse("admin:impact_claim_review", args=[99999])).status_code == 404
    assert desk.post(review(e10()), {"do": "everything"}).status_code == 400


def test_the_review_page_wants_the_token_against_forged_requests():
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice())
    assert client.post(review(e10()), {"do": "submit"}).status_code == 403


def test_reading_the_review_page_changes_nothing(desk, bobs):
    submit(desk)
    before = (e10().fingerprint, e10().stage, kinds(e10()), e10().history.count())
    bobs.get(review(e10()))
    assert (e10().fingerprint, e10().stage, kinds(e10()), e10().history.count()) == before


def test_no_step_of_a_review_can_be_changed_or_deleted_in_the_admin(bobs):
    assert not {ReviewStep, ReviewLink} & set(admin.site._registry)


def test_words_that_hold_no_more_are_retired_unchanged_by_two_people(desk, bobs):
    page = desk.post(
        review(e10()), {"do": "retire", "retire-note": "The programme has ended."}, follow=True
    ).content.decode()
    assert (
        "E10 is submitted to be retired." in page
        and "The words stay as they are; readers see them marked as retired." in page
    )
    assert 'value="publish"' not in desk.get(review(e10())).content.decode()

    decided = decision(
        bobs, e10(), **{"publish-change": "retired", "publish-reason": "The programme has ended."}
    )
    assert "E10 is published." in bobs.post(review(e10()), decided, follow=True).content.decode()
    edition = e10().current_edition
    assert (edition.change, edition.statement, e10().stage) == (
        "retired",
        edition.claim.editions.get(number=edition.number - 1).statement,
        "published",
    )
    assert "retired" in Client().get(edition.claim.get_absolute_url()).content.decode().lower()
    assert "retire-note" not in bobs.get(review(e10())).content.decode()


def test_bob_does_not_retire_a_claim_alone(bobs):
    bobs.post(review(e10()), {"do": "retire", "retire-note": ""}, follow=True)
    page = bobs.get(review(e10())).content.decode()
    assert "The last change is your own: somebody else has to publish it." in page
    assert e10().current_edition.change == "first"


def test_a_claim_that_bob_will_not_retire_is_as_it_was(desk, bobs):
    desk.post(review(e10()), {"do": "retire", "retire-note": ""})
    bobs.post(review(e10()), {"do": "return", "return-reason": "It still runs."})
    assert (e10().stage, e10().current_edition.change) == ("published", "first")
    assert "It still runs." in desk.get(review(e10())).content.decode()


def test_words_that_alice_is_changing_are_not_retired_behind_her_back(desk, bobs):
    submit(desk)
    page = bobs.post(review(e10()), {"do": "retire", "retire-note": ""}).content.decode()
    assert "The claim is submitted already and waits for a decision." in page
    assert e10().submission.change == ""


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
