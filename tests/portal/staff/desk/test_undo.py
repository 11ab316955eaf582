"""Alice and Bob undo public changes, unless somebody has changed the same record since."""

import pytest
from django.urls import reverse

from impact.models import Claim, ReviewStep
from organisation.models import Citation, Mend, Milestone, Organisation, Source
from tests.support.desk import (
    publish_update,
    save_record,
    undo_url,
    vision,
)
from tests.support.factory import a_claim, a_passage, an_organisation, published
from tests.support.marks import as_seen, without_marks
from tests.support.people import alice, bob, staff_with
from tests.support.proposals import decide

pytestmark = pytest.mark.django_db


def test_bob_undoes_an_edition_with_a_reason(client, open_page):
    old = Claim.objects.get(number=10).current_edition.statement
    edition = publish_update(10, "A mistake")
    undo = reverse("admin:undo-edition", args=[edition.pk])
    assert undo in open_page(bob()) and undo not in open_page(alice())
    page = open_page(bob(), undo)
    assert "A mistake" in page and old in page
    assert "Say why: readers see the reason." in client.post(undo, {"reason": " "}).content.decode()
    client.post(undo, {"reason": "It was a mistake"})
    claim = Claim.objects.get(number=10)
    restored = claim.current_edition
    assert (restored.number, restored.statement, restored.reason) == (3, old, "It was a mistake")
    assert claim.stage == "published" and not claim.differs_from_published()


def test_alice_cannot_undo_an_edition(client):
    edition = publish_update(10, "A mistake")
    client.force_login(alice())
    assert (
        client.post(reverse("admin:undo-edition", args=[edition.pk]), {"reason": "I may not"}).status_code
        == 403
    )
    assert Claim.objects.get(number=10).current_edition == edition


def test_an_edition_that_was_changed_since_is_not_undone(client, open_page):
    edition = publish_update(10, "A mistake")
    undo = reverse("admin:undo-edition", args=[edition.pk])
    newer = publish_update(10, "A newer wording")
    assert "It was changed again since: nothing was undone." in open_page(bob(), undo)
    assert (
        "It was changed again since: nothing was undone."
        in client.post(undo, {"reason": "Too late"}).content.decode()
    )
    assert Claim.objects.get(number=10).current_edition == newer


def test_undoing_a_first_edition_withdraws_the_claim_and_undoing_that_brings_it_back(client, open_page):
    claim = Claim.objects.create(
        organisation=Organisation.objects.first(),
        statement="A first wording",
        subject="s",
        theme="training",
        type="output",
    )
    Citation.objects.create(record=claim, source=Source.objects.first())
    edition = claim.publish(bob(), seen=Claim.AS_STORED).current_edition
    undo = reverse("admin:undo-edition", args=[edition.pk])
    assert "Withdraw the claim" in open_page(bob(), undo)
    client.post(undo, {"reason": "Too early"})
    assert Claim.objects.get(pk=claim.pk).current_edition is None
    withdrawal = ReviewStep.objects.filter(kind="withdrawn").last()
    undo = reverse("admin:undo-withdrawal", args=[withdrawal.pk])
    assert undo in open_page(bob())
    client.post(undo, {"reason": "It was right"})
    claim = Claim.objects.get(pk=claim.pk)
    assert (claim.current_edition.number, claim.current_edition.statement, claim.stage) == (
        2,
        "A first wording",
        "published",
    )
    assert (
        "It was changed again since: nothing was undone."
        in client.post(undo, {"reason": "Twice"}).content.decode()
    )


def test_undoing_the_edition_that_restored_a_withdrawn_claim_withdraws_it_again(client):
    client.force_login(bob())
    claim = Claim.objects.get(number=10)
    claim.withdraw(bob(), "Wrong", seen=Claim.AS_STORED)
    restored = claim.restore(claim.editions.last(), bob(), "Right", seen=Claim.AS_STORED).current_edition
    client.post(reverse("admin:undo-edition", args=[restored.pk]), {"reason": "Wrong after all"})
    assert Claim.objects.get(number=10).current_edition is None


def test_alice_undoes_a_change_of_a_record_and_bob_accepts_that(client, open_page):
    old = vision().text
    row = save_record(alice(), vision(), text="A slip")
    page = as_seen(open_page(alice(), undo_url(row)))
    assert undo_url(row) in open_page(alice()) and old in without_marks(page)
    assert "<del>slip</del>" in page and "<ins>world" in page
    proposed = client.post(undo_url(row), follow=True).content.decode()
    assert "is proposed. Readers see it once somebody else has accepted it." in proposed
    assert vision().text == "A slip" and undo_url(row) in open_page(alice())
    decide(bob())
    assert vision().text == old and vision().history.first().history_user == alice()
    assert undo_url(row) not in open_page(alice())


def test_a_mend_stands_on_the_desk_leads_to_its_passage_and_is_undone(client, open_page):
    passage = a_passage("We taugt 40 pilots.")
    mend = Mend.objects.create(passage=passage, says="taugt", shows="taught", why="A slip")
    mend.shows = "teach"
    mend.save()
    undo = reverse("admin:undo-record", args=["organisation.mend", mend.history.latest().history_id])
    form = reverse("admin:organisation_passage_change", args=[passage.pk])
    for page in ("admin:index", "admin:log"):
        shown = open_page(alice(), reverse(page))
        assert undo in shown and form in shown
    assert "teach" in open_page(alice(), undo)
    client.post(undo)
    mend.refresh_from_db()
    assert mend.shows == "taught"


def test_a_record_that_was_changed_since_is_not_put_back(client):
    client.force_login(alice())
    row = save_record(alice(), vision(), text="A slip")
    save_record(bob(), vision(), text="Bob's words")
    page = client.post(undo_url(row), follow=True).content.decode()
    assert "It was changed again since: nothing was undone." in page and vision().text == "Bob's words"


def test_a_record_that_cannot_be_as_it_was_gets_one_sentence(client):
    client.force_login(alice())
    milestone = Milestone.objects.first()
    title = milestone.title
    row = save_record(alice(), milestone, title="Another")
    milestone.history.exclude(pk=row.pk).update(title="")
    page = client.post(undo_url(row), follow=True).content.decode()
    assert (
        "This field cannot be blank." in page
        and Milestone.objects.get(pk=milestone.pk).title == "Another" != title
    )


def test_a_save_that_changed_no_word_offers_the_form_instead(open_page):
    row = save_record(alice(), vision())
    page = open_page(alice(), undo_url(row))
    assert "changed no word of the record itself" in page and "Put it back" not in page


@pytest.mark.parametrize(
    "path", ["auth.user/1/", "organisation.statement/999999/", "impact.claim/1/", "nonsense/1/"]
)
def test_nothing_else_can_be_undone(client, path):
    client.force_login(bob())
    assert client.get(f"/admin/undo/{path}").status_code == 404


def test_only_a_withdrawal_between_two_editions_counts(client, open_page):
    claim = published(a_claim("The first words"))
    claim.withdraw(bob(), "Wrong", seen=Claim.AS_STORED)
    claim.restore(claim.editions.last(), bob(), "Right", seen=Claim.AS_STORED)
    third = published(
        Claim.objects.get(pk=claim.pk), statement="The third words", change="update"
    ).current_edition
    undo = reverse("admin:undo-edition", args=[third.pk])
    page = open_page(bob(), undo)
    assert "Withdraw the claim" not in page and "The first words" in page
    client.post(undo, {"reason": "A mistake"})
    current = Claim.objects.get(pk=claim.pk).current_edition
    assert (current.number, current.statement) == (4, "The first words")


def test_undoing_goes_back_to_the_edition_before_and_no_further(client):
    client.force_login(bob())
    claim = published(a_claim("One"))
    for words in ("Two", "Three"):
        published(claim, statement=words, change="update")
    client.post(reverse("admin:undo-edition", args=[claim.editions.last().pk]), {"reason": "A mistake"})
    current = Claim.objects.get(pk=claim.pk).current_edition
    assert (current.number, current.statement, current.published_by) == (4, "Two", bob())


def test_a_withdrawal_before_the_last_cannot_be_undone(client):
    client.force_login(bob())
    claim = published(a_claim("One"))
    claim.withdraw(bob(), "Wrong", seen=Claim.AS_STORED)
    first = claim.withdrawal
    claim.restore(claim.editions.last(), bob(), "Right", seen=Claim.AS_STORED)
    assert client.get(reverse("admin:undo-withdrawal", args=[first.pk])).status_code == 302
    Claim.objects.get(pk=claim.pk).withdraw(bob(), "Wrong again", seen=Claim.AS_STORED)
    for withdrawal, edition in ((first, None), (Claim.objects.get(pk=claim.pk).withdrawal, 3)):
        client.post(reverse("admin:undo-withdrawal", args=[withdrawal.pk]), {"reason": "It was right"})
        current = Claim.objects.get(pk=claim.pk).current_edition
        assert (current and current.number) == edition
    submission = claim.steps.exclude(kind="withdrawn").first()
    assert client.get(reverse("admin:undo-withdrawal", args=[submission.pk])).status_code == 404


@pytest.mark.parametrize(("length", "is_taken"), [(500, True), (501, False)])
def test_a_reason_has_five_hundred_signs_at_most(client, length, is_taken):
    client.force_login(bob())
    edition = publish_update(10, "A mistake")
    client.post(reverse("admin:undo-edition", args=[edition.pk]), {"reason": "x" * length})
    assert (Claim.objects.get(number=10).current_edition != edition) is is_taken


def test_each_undoing_asks_for_the_permission_to_do_it(client):
    edition, row = publish_update(10, "A mistake"), save_record(alice(), vision(), text="A slip")
    Claim.objects.get(number=11).withdraw(bob(), "Wrong", seen=Claim.AS_STORED)
    withdrawal = Claim.objects.get(number=11).withdrawal
    for address, permission, other in (
        (reverse("admin:undo-edition", args=[edition.pk]), "publish_claim", "change_claim"),
        (reverse("admin:undo-withdrawal", args=[withdrawal.pk]), "publish_claim", "delete_claim"),
        (undo_url(row), "change_statement", "view_statement"),
    ):
        for held, status in ((other, 403), (permission, 200)):
            client.force_login(staff_with(held, "view_claim"))
            assert client.get(address).status_code == status, (address, held)


def test_a_record_goes_back_by_one_change_of_all_its_fields(client):
    client.force_login(alice())
    aid = an_organisation("Harbour Aid")
    first = aid.history.first()
    for name in ("Two", "Three"):
        save_record(bob(), aid, official_name=name, short_name=f"{name} in short")
    page = client.get(undo_url(aid.history.first()))
    assert [(each.old, each.new) for each in page.context["differences"]] == [
        ("Three", "Two"),
        ("Three in short", "Two in short"),
    ]
    client.post(undo_url(aid.history.first()))
    aid.refresh_from_db()
    assert (aid.official_name, aid.short_name, aid.history.count()) == ("Two", "Two in short", 4)
    assert aid.history.first().history_change_reason == "Undone"
    assert client.get(undo_url(first)).status_code == 404  # it was added by it: there is nothing before


def test_a_record_that_is_gone_is_not_brought_back(client):
    client.force_login(bob())
    row = save_record(alice(), Milestone.objects.first(), title="Another")
    milestone = Milestone.objects.first()
    milestone.delete()
    deleted = Milestone.history.filter(id=row.id).first()
    assert client.get(undo_url(deleted)).status_code == 404
    page = client.post(undo_url(row), follow=True).content.decode()
    assert "It was changed again since" in page and not Milestone.objects.filter(pk=row.id).exists()
