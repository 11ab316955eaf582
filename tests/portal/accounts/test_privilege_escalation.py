"""Nobody gains accounts, rights or records beyond their role by sending what no form offers."""

import pytest
from cms.models import CMSPlugin, PageContent
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from djangocms_versioning.models import Version

from impact.models import Claim, Edition, Figure
from tests.support.forms import filled_in
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


def accounts():
    """Returns all accounts, the members of all groups, and the number of the groups' permissions."""
    rows = (
        get_user_model()
        .objects.order_by("pk")
        .values_list("pk", "username", "password", "is_staff", "is_superuser", "is_active")
    )
    return (
        list(rows),
        list(get_user_model().groups.through.objects.order_by("pk").values_list("user_id", "group_id")),
        Permission.objects.filter(group__isnull=False).count(),
    )


@pytest.mark.parametrize(
    "address",
    [
        "user/{me}/change/",
        "user/{other}/change/",
        "user/{other}/password/",
        "user/add/",
        "user/{other}/delete/",
        "group/{group}/change/",
        "group/add/",
        "user/",
    ],
)
def test_nobody_but_an_administrator_changes_accounts_or_rights(client, address):
    other = get_user_model().objects.create_superuser("admin")
    for person in (alice(), bob()):
        client.force_login(person)
        before = accounts()
        names = {"me": person.pk, "other": other.pk, "group": Group.objects.get(name="publisher").pk}
        data = {
            "username": "admin",
            "is_superuser": "on",
            "is_staff": "on",
            "groups": [names["group"]],
            "password1": "a long new password",
            "password2": "a long new password",
            "usable_password": "true",
            "post": "yes",
            "action": "forget_second_factors",
            "_selected_action": [other.pk],
            "name": "publisher",
            "permissions": [1],
        }
        assert client.post(f"/admin/auth/{address.format(**names)}", data).status_code == 403
        assert accounts() == before


def test_a_figure_of_another_claim_is_not_changed_through_the_form_of_ones_own(desk):
    own = Claim.objects.get(number=10)
    theirs = Figure.objects.exclude(claim=own).first()
    address = f"/admin/impact/claim/{own.pk}/change/"
    data = filled_in(
        desk.get(address), **{"figures-0-id": theirs.pk, "figures-0-value": "1", "figures-0-unit": "stolen"}
    )
    before = list(Figure.objects.order_by("pk").values())
    desk.post(address, data)
    assert list(Figure.objects.order_by("pk").values()) == before


def test_a_list_takes_no_fields_that_it_does_not_offer(desk):
    claim = Claim.objects.get(number=10)
    data = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": claim.pk,
        "form-0-statement": "Stolen",
        "_save": "Save",
    }
    desk.post("/admin/impact/claim/", data)
    assert Claim.objects.get(number=10).statement == claim.statement


def test_an_editor_publishes_and_deletes_nothing_by_asking_past_the_pages(desk):
    claim = Claim.objects.get(number=10)
    before = (
        Edition.objects.count(),
        Claim.objects.count(),
        Claim.objects.filter(current_edition=None).count(),
    )
    review = f"/admin/impact/claim/{claim.pk}/review/"
    for data in (
        {"do": "publish"},
        {"do": "withdraw", "withdraw-reason": "x"},
        {"do": "restore"},
        {"do": "schedule"},
        {"current_edition": 1},
    ):
        desk.post(review, data)
    desk.post(
        "/admin/impact/claim/", {"action": "delete_selected", "_selected_action": [claim.pk], "post": "yes"}
    )
    desk.post(f"/admin/impact/claim/{claim.pk}/delete/", {"post": "yes"})
    assert (
        Edition.objects.count(),
        Claim.objects.count(),
        Claim.objects.filter(current_edition=None).count(),
    ) == before


def draft_of(person):
    return Version.objects.get_for_content(PageContent.objects.get(page__urls__path="about")).copy(person)


def test_a_published_page_and_somebody_elses_draft_are_not_changed_by_the_numbers_of_their_blocks(desk):
    published = PageContent.objects.get(page__urls__path="about")
    bobs = draft_of(bob())
    before = list(CMSPlugin.objects.order_by("pk").values_list("pk", "placeholder_id", "position"))
    for content in (published, bobs.content):
        placeholder = content.get_placeholders()[0]
        block = CMSPlugin.objects.filter(placeholder=placeholder).first()
        for address, data in {
            f"delete-plugin/{block.pk}/": {"post": "yes"},
            f"clear-placeholder/{placeholder.pk}/": {"post": "yes"},
            f"edit-plugin/{block.pk}/": {"body": "stolen"},
            "move-plugin/": {
                "plugin_id": block.pk,
                "target_language": "en",
                "target_position": 1,
                "cms_path": "/about/",
            },
            "copy-plugins/": {
                "source_plugin_id": block.pk,
                "source_language": "en",
                "target_language": "en",
                "target_placeholder_id": placeholder.pk,
                "source_placeholder_id": placeholder.pk,
                "cms_path": "/about/",
            },
        }.items():
            assert desk.post(f"/admin/cms/placeholder/{address}", data).status_code in (400, 403), address
        assert desk.post(
            f"/admin/cms/placeholder/add-plugin/?placeholder_id={placeholder.pk}"
            "&plugin_type=TextPlugin&plugin_language=en&plugin_position=1",
            {"body": "stolen"},
        ).status_code in (400, 403)
    assert list(CMSPlugin.objects.order_by("pk").values_list("pk", "placeholder_id", "position")) == before


@pytest.mark.parametrize("action", ["publish", "discard", "unlock", "archive", "unpublish", "revert"])
def test_an_editor_does_not_publish_discard_or_unlock_the_draft_of_another_by_its_number(desk, action):
    bobs = draft_of(bob())
    before = list(Version.objects.order_by("pk").values())
    desk.post(
        f"/admin/djangocms_versioning/pagecontentversion/{bobs.pk}/{action}/", {"discard": "1", "post": "yes"}
    )
    assert list(Version.objects.order_by("pk").values()) == before


def test_staff_without_rights_reads_no_draft_by_its_number(client):
    client.force_login(get_user_model().objects.create_user("dana", is_staff=True))
    draft = draft_of(alice())
    for address in (
        f"cms/placeholder/object/3/preview/{draft.content.pk}/",
        f"cms/placeholder/object/3/structure/{draft.content.pk}/",
        f"djangocms_versioning/pagecontentversion/{draft.pk}/compare/",
    ):
        assert client.get(f"/admin/{address}").status_code == 403
