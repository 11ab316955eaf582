"""Editors and publishers may do what they need and nothing else; the first accounts are made once."""

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client

from portal.seeding.staff import seed_accounts, seed_groups, seed_user
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db

RECORDS = (
    "organisation.organisation organisation.succession organisation.milestone organisation.affiliation "
    "organisation.statement organisation.source organisation.sourcenote organisation.passage "
    "organisation.mend organisation.citation impact.claim impact.figure impact.highlight "
    "advocacy.instrument advocacy.ask"
).split()


def allowed(user, label):
    """Returns what somebody may do with a model, as the first letters of view, add, change and delete."""
    app, model = label.split(".")
    user = get_user_model().objects.get(pk=user.pk)
    return "".join(
        action[0]
        for action in ("view", "add", "change", "delete")
        if user.has_perm(f"{app}.{action}_{model}")
    )


@pytest.mark.parametrize("label", RECORDS)
def test_an_editor_changes_every_record_and_a_publisher_deletes_it_as_well(label):
    deletes = label in ("organisation.citation", "impact.figure", "impact.highlight")
    assert (allowed(alice(), label), allowed(bob(), label)) == ("vacd" if deletes else "vac", "vacd")


@pytest.mark.parametrize(
    ("label", "actions"),
    [
        ("impact.edition", "v"),
        ("impact.reviewstep", "v"),
        ("impact.reviewlink", "vac"),
        ("impact.conflict", "vc"),
        ("organisation.statementblock", "vacd"),
        ("portal.chartblock", "vacd"),
        ("djangocms_text.text", "vacd"),
        ("cms.page", "vac"),
        ("djangocms_versioning.version", "vac"),
        ("djangocms_versioning.statetracking", ""),
        ("organisation.historicalsource", ""),
        ("auth.user", ""),
        ("auth.group", ""),
        ("portal.searchentry", ""),
        ("admin.logentry", ""),
        ("sites.site", ""),
    ],
)
def test_what_is_made_by_actions_belongs_to_no_form_and_accounts_to_neither(label, actions):
    assert allowed(alice(), label) == allowed(bob(), label) == actions


@pytest.mark.parametrize(
    "permission", ["impact.publish_claim", "cms.publish_page", "djangocms_versioning.delete_versionlock"]
)
def test_only_a_publisher_publishes(permission):
    assert (alice().has_perm(permission), bob().has_perm(permission)) == (False, True)
    assert alice().has_perm("cms.use_structure") and bob().has_perm("cms.use_structure")


def test_a_permission_that_was_taken_or_added_by_hand_is_set_right():
    before = {group.name: set(group.permissions.all()) for group in Group.objects.all()}
    editors, publishers = Group.objects.get(name="editor"), Group.objects.get(name="publisher")
    editors.permissions.set(publishers.permissions.all())
    publishers.permissions.clear()
    seed_groups()
    assert {group.name: set(group.permissions.all()) for group in Group.objects.all()} == before


def test_an_update_gives_the_groups_what_is_new_and_says_so(capsys):
    before = {group.name: set(group.permissions.all()) for group in Group.objects.all()}
    Group.objects.get(name="editor").permissions.remove(*Permission.objects.filter(codename="add_term"))
    Group.objects.get(name="publisher").delete()
    assert not alice().has_perm("organisation.add_term")
    call_command("migrate", verbosity=1, interactive=False)
    assert (
        "The groups of staff have the permissions of this version: editor, publisher."
        in capsys.readouterr().out
    )
    assert {group.name: set(group.permissions.all()) for group in Group.objects.all()} == before
    assert alice().has_perm("organisation.add_term")
    call_command("migrate", verbosity=1, interactive=False)
    assert "groups of staff" not in capsys.readouterr().out


def test_an_update_leaves_groups_of_another_name_as_they_are():
    own = Group.objects.create(name="translators")
    own.permissions.set(Permission.objects.filter(codename="view_claim"))
    call_command("migrate", verbosity=0, interactive=False)
    assert [each.codename for each in own.permissions.all()] == ["view_claim"]


def test_the_first_two_accounts_are_made_once_with_a_password_of_their_own_or_the_one_that_is_set(settings):
    assert seed_accounts() == []
    get_user_model().objects.filter(username="publisher").update(username="somebody")
    settings.PORTAL_ADMIN_PASSWORD = ""
    [(name, password)] = seed_accounts()
    user = get_user_model().objects.get(username="publisher")
    assert name == "publisher" and len(password) == 16 and user.check_password(password)
    assert (user.is_staff, user.is_superuser, user.is_active) == (True, False, True)
    assert [group.name for group in user.groups.all()] == ["publisher"]
    get_user_model().objects.filter(username="publisher").update(username="another")
    settings.PORTAL_ADMIN_PASSWORD = "nobody-knows"
    assert seed_accounts() == [("publisher", "nobody-knows")]


def test_nobody_logs_in_as_the_account_that_publishes_the_first_content():
    user = seed_user()
    assert (user.username, user.is_active, user.is_staff, user.has_usable_password()) == (
        "seed",
        False,
        False,
        False,
    )
    assert seed_user() == user and authenticate(username="seed", password="") is None
    assert not Client().login(username="seed", password="")
    get_user_model().objects.filter(pk=user.pk).update(username="elsewhere")
    again = seed_user()
    assert (again.is_active, again.has_usable_password()) == (False, False)
