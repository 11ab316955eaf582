"""Whoever has every right of a publisher but one is refused what that one allows, and nothing else."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from impact.models import Claim
from organisation.models import Statement
from portal.staff.desk.search import COMMANDS
from tests.support.desk import DESK
from tests.support.factory import a_claim, a_passage, an_organisation, published
from tests.support.forms import review
from tests.support.people import bob
from tests.support.proposals import decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def login(client):
    """Logs in Dora, who has the permissions of a publisher but those that are named."""
    dora = get_user_model().objects.create_user("dora", is_staff=True)

    def login(*lacking):
        granted = Permission.objects.filter(group__in=bob().groups.all())
        for name in lacking:
            app, codename = name.split(".")
            assert granted.filter(content_type__app_label=app, codename=codename).exists(), name
            granted = granted.exclude(content_type__app_label=app, codename=codename)
        dora.user_permissions.set(granted)
        client.force_login(get_user_model().objects.get(pk=dora.pk))
        return client

    return login


def undo_edition():
    return reverse("admin:undo-edition", args=[published(a_claim()).current_edition_id])


def undo_withdrawal():
    claim = published(a_claim()).withdraw(bob(), "It was wrong", seen=Claim.AS_STORED)
    return reverse("admin:undo-withdrawal", args=[claim.withdrawal.pk])


def undo_record():
    statement = Statement.objects.create(
        organisation=an_organisation(), slug="aim", kind="goal", text="We teach"
    )
    statement.save()
    return reverse("admin:undo-record", args=["organisation.statement", statement.history.first().history_id])


def reading():
    return reverse("admin:reading", args=[a_passage(author=an_organisation()).source_id])


def preview():
    claim = a_claim()
    return f"{reverse('admin:impact_claim_preview', args=[claim.pk])}?page={claim.get_absolute_url()}"


ADDRESSES = [
    ("impact.add_claim", lambda: reverse("admin:new-claim")),
    ("impact.add_claim", lambda: "/admin/impact/claim/new/similar/"),
    ("impact.add_claim", lambda: "/admin/impact/claim/new/text/"),
    ("impact.change_claim", lambda: review(a_claim())),
    ("impact.change_claim", preview),
    ("impact.view_claim", lambda: reverse("admin:unsourced")),
    ("impact.publish_claim", undo_edition),
    ("impact.publish_claim", undo_withdrawal),
    ("organisation.change_statement", undo_record),
    ("organisation.view_organisation", lambda: reverse("admin:completeness")),
    ("organisation.add_source", lambda: reverse("admin:new-document")),
    ("organisation.view_source", reading),
    ("impact.view_claim", reading),
    *((f"impact.{action}_claim", lambda: "/admin/tables/claims/") for action in ("view", "add", "change")),
    *(
        (f"impact.{action}_figure", lambda: "/admin/tables/figures.csv")
        for action in ("view", "add", "change")
    ),
    ("cms.change_page", lambda: reverse("admin:cms_pagecontent_changelist")),
]


@pytest.mark.parametrize(("permission", "address"), ADDRESSES)
def test_a_page_is_for_those_who_have_the_permission(login, permission, address):
    address = address()
    assert login().get(address).status_code == 200
    assert login(permission).get(address).status_code == 403


STEPS = {
    "publish": "impact.publish_claim",
    "schedule": "impact.publish_claim",
    "return": "impact.publish_claim",
    "unschedule": "impact.publish_claim",
    "withdraw": "impact.publish_claim",
    "restore": "impact.publish_claim",
    "submit": "impact.change_claim",
    "retire": "impact.change_claim",
    "link": "impact.add_reviewlink",
    "revoke": "impact.change_reviewlink",
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_of_a_review_is_for_those_who_have_its_permission(login, step):
    address, before = review(published(a_claim())), Claim.objects.latest("pk").steps.count()
    assert (
        login().post(address, {"do": step}).status_code == 200
    )  # refused with a sentence: fields are missing
    assert login(STEPS[step]).post(address, {"do": step}).status_code == 403
    assert Claim.objects.latest("pk").steps.count() == before


@pytest.mark.parametrize("permission", ["organisation.change_source", "impact.add_claim"])
def test_what_is_suggested_of_a_document_is_decided_by_those_who_may_record_it(login, permission):
    address = reading()
    assert login().post(address, {"key": "none"}).status_code == 302
    assert login(permission).get(address).status_code == 200
    assert login(permission).post(address, {"key": "none"}).status_code == 403


def test_a_new_claim_is_put_on_a_page_by_those_who_may_highlight(login):
    assert 'name="where"' in login().get(reverse("admin:new-claim")).content.decode()
    lacking = login("impact.add_highlight")
    assert 'name="where"' not in lacking.get(reverse("admin:new-claim")).content.decode()


@pytest.mark.parametrize("model", ["statement", "claim"])
def test_a_text_is_found_still_true_by_those_who_may_change_it(login, model):
    app = {"statement": "organisation", "claim": "impact"}[model]
    record = a_claim() if model == "claim" else Statement.objects.first()
    address = reverse(f"admin:{app}_{model}_still_true", args=[record.pk])
    assert login(f"{app}.change_{model}").post(address).status_code == 403
    record.refresh_from_db()
    assert record.confirmed_on is None
    assert login().post(address).status_code == 302
    if model == "statement":  # which readers see
        decide(bob())
    record.refresh_from_db()
    assert record.confirmed_on


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        ("impact.view_claim", "Open conflicts"),
        ("impact.view_claim", "My drafts"),
        ("organisation.view_statement", "Statements whose review is overdue"),
        ("organisation.view_organisation", "Incomplete organisations"),
        ("organisation.add_source", "Bring in a document"),
        ("impact.add_claim", "New claim"),
    ],
)
def test_the_desk_shows_what_may_be_looked_up(login, permission, words):
    assert words in login().get(DESK).content.decode()
    assert words not in login(permission).get(DESK).content.decode()


@pytest.mark.parametrize(("title", "url_name", "permission"), COMMANDS)
def test_a_command_is_offered_to_those_who_may_use_it(login, title, url_name, permission):
    link = f'href="{reverse(url_name)}"'

    def results(client):
        return client.get("/admin/search/", {"q": str(title)}).content.decode().split("<main")[1]

    assert link in results(login())
    assert link not in results(login(permission))


@pytest.mark.parametrize("model", ["impact.claim", "organisation.organisation", "organisation.source"])
def test_the_search_of_the_desk_finds_what_may_be_looked_up(login, model):
    organisation = an_organisation("Zugzwang Fund")
    passage = a_passage("Zugzwang document")
    claim = a_claim("Zugzwang of ours", organisation=organisation, source=passage.source)
    title = {"claim": claim.statement, "organisation": str(organisation), "source": str(passage.source)}
    app, _, name = model.partition(".")
    shown = title[name]

    def results(client):
        page = client.get("/admin/search/", {"q": "zugzwang"}).content.decode().split("<main")[1]
        return page.replace("<mark>", "").replace("</mark>", "")

    assert shown in results(login())
    # Who may change a record may look it up.
    assert shown in results(login(f"{app}.view_{name}"))
    assert shown not in results(login(f"{app}.view_{name}", f"{app}.change_{name}"))
