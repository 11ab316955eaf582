"""Several claims are submitted, published or returned at once, each decided on its own."""

import pytest
from django.test import Client
from django.urls import reverse

from impact.admin.public_with import seen_value
from impact.models import Claim
from tests.support.factory import a_claim, a_source, published
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db

LIST = reverse("admin:impact_claim_changelist")


class Desk(Client):
    """A member of staff at the list of claims."""

    def __init__(self, user):
        super().__init__()
        self.force_login(user)

    def choose(self, action, *claims):
        data = {"action": f"{action}_claims", "_selected_action": [claim.pk for claim in claims]}
        return self.post(LIST, data, follow=True)

    def act(self, page, **fields):
        """Presses the button of the page that shows what was chosen, with these fields of it filled in."""
        step = page.context["step"]
        rows = page.context["rows"]
        data = {
            "action": page.context["action"],
            "apply": "1",
            "_selected_action": [row["claim"].pk for row in rows],
        }
        for row in rows:
            data[f"{step}-{row['claim'].pk}-seen"] = row["fingerprint"]
        return self.post(LIST, data | fields, follow=True)


def drafts(count):
    source = a_source()
    return [a_claim(f"We taught {40 + n} pilots", source=source, subject=f"Pilots {n}") for n in range(count)]


def submitted(claims):
    for claim in claims:
        claim.submit(alice(), seen=Claim.AS_STORED)
    return claims


def stages(claims):
    return [Claim.objects.get(pk=claim.pk).stage for claim in claims]


def told(page):
    return [str(message) for message in page.context["messages"]]


@pytest.fixture
def at_alices():
    return Desk(alice())


@pytest.fixture
def at_bobs():
    return Desk(bob())


def ticks(page):
    return {tick.html_name: "on" for row in page.context["rows"] for _sentence, tick in row["form"].checklist}


def test_nine_claims_are_submitted_with_one_note_and_published_by_one_walk(at_alices, at_bobs):
    claims = drafts(9)
    page = at_alices.choose("submit", *claims)
    assert len(page.context["rows"]) == 9
    done = at_alices.act(page, **{"all-note": "From the log"})
    assert told(done) == ["9 claims: done."]
    assert stages(claims) == ["submitted"] * 9
    assert {claim.steps.get(kind="submitted").note for claim in claims} == {"From the log"}
    page = at_bobs.choose("publish", *claims)
    done = at_bobs.act(page, **ticks(page))
    assert told(done) == ["9 claims: done."] and stages(claims) == ["published"] * 9
    assert (
        b"We taught 48 pilots" in Client().get(Claim.objects.get(pk=claims[8].pk).get_absolute_url()).content
    )


def test_one_refusal_is_told_and_keeps_no_other_from_being_done(at_alices, at_bobs):
    good, own = submitted(drafts(2))
    page = at_bobs.choose("publish", good, own)
    Claim.objects.get(pk=own.pk).figures.create(label="pilots", value=41, unit="pilots")
    own.statement = "We taught 99 pilots"
    own._history_user = bob()
    own.save()
    done = at_bobs.act(page, **ticks(page))
    assert told(done)[0] == "1 claim: done."
    assert told(done)[1].startswith(f"{own.reference}: ")
    assert stages([good, own]) == ["published", "submitted"]
    assert [row["claim"] for row in done.context["rows"]] == [own]


def test_a_warning_that_nobody_has_ticked_keeps_its_claim_back(at_bobs):
    [claim] = submitted([a_claim("We taught the first 40 pilots ever")])
    page = at_bobs.choose("publish", claim)
    assert ticks(page)
    done = at_bobs.act(page)
    assert "Tick that you have seen this, or change the claim." in told(done)[0]
    assert stages([claim]) == ["submitted"]


def test_readers_are_told_the_one_reason_for_all_unless_a_claim_has_its_own(at_bobs):
    claims = [published(claim) for claim in drafts(2)]
    for claim in claims:
        claim.statement = f"{claim.statement} and sailors"
        claim._history_user = alice()
        claim.save()
        claim.note_change(alice())
    submitted(claims)
    page = at_bobs.choose("publish", *claims)
    shared = {"all-reason": "The log was read again", "all-change": "update"}
    at_bobs.act(page, **ticks(page), **shared, **{f"publish-{claims[1].pk}-reason": "A slip"})
    reasons = [Claim.objects.get(pk=claim.pk).current_edition.reason for claim in claims]
    assert reasons == ["The log was read again", "A slip"]


def test_claims_are_returned_with_one_reason_and_not_without(at_bobs):
    claims = submitted(drafts(2))
    page = at_bobs.choose("return", *claims)
    refused = at_bobs.act(page)
    assert all("Say why you return it" in sentence for sentence in told(refused))
    at_bobs.act(page, **{"all-reason": "Count again"})
    assert stages(claims) == ["returned", "returned"]


def test_what_cannot_be_done_now_is_named_and_left_alone(at_bobs):
    draft, waiting = drafts(2)
    submitted([waiting])
    page = at_bobs.choose("publish", draft, waiting)
    assert page.context["left_out"] == [draft]
    assert [row["claim"] for row in page.context["rows"]] == [waiting]


@pytest.mark.parametrize("action", ["publish", "return"])
def test_alice_decides_on_nothing_even_by_sending_the_action(at_alices, action):
    claims = submitted(drafts(2))
    step = {"publish": "publish", "return": "return"}[action]
    data = {
        "action": f"{action}_claims",
        "apply": "1",
        "_selected_action": [claim.pk for claim in claims],
        "all-reason": "Mine",
    }
    data |= {f"{step}-{claim.pk}-seen": seen_value(claim) for claim in claims}
    at_alices.post(LIST, data)
    assert stages(claims) == ["submitted", "submitted"]


def test_fifty_claims_at_most_are_decided_on_one_page(at_alices):
    claims = drafts(51)
    assert len(at_alices.choose("submit", *claims[:50]).context["rows"]) == 50
    page = at_alices.choose("submit", *claims)
    assert told(page) == ["Choose 50 claims at most: each is to be read before it is decided."]
