"""Names of packages that no document of theirs promises, and what breaks here if a new version drops one."""

import ast
import inspect
import re
from pathlib import Path
from pkgutil import resolve_name

import pytest
from cms.models import Page
from cms.utils.permissions import get_current_user
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from djangocms_versioning.models import Version

from impact.models import Edition
from portal.pages.review import (
    require_accessible,
    require_second_person,
    require_seen,
    require_unsaid,
    require_written,
)

ROOT = Path(__file__).parent.parent
ROOMS = ["organisation", "impact", "advocacy", "portal"]
# {name: (the parameters that it is called with, what breaks)}; None for what is no function.
PRIVATE_NAMES = {
    "allauth.mfa.totp.internal.auth.TOTP": (["instance"], "the code that sets up an app logs in once more"),
    "allauth.mfa.totp.internal.auth.TOTP._mark_code_used": (
        ["self", "code"],
        "the code that sets up an app logs in once more",
    ),
    "allauth.account.adapter.DefaultAccountAdapter._get_login_attempts_cache_key": (
        ["self", "request"],
        "anybody locks a member of staff out by guessing passwords",
    ),
    "allauth.core.internal.ratelimit.get_ip": (["request"], "failed logins are not limited by address"),
    "allauth.account.internal.flows.login.record_authentication": (
        ["request", "user", "method", "type", "id"],
        "whoever has set up a second factor is logged out at once",
    ),
    "allauth.account.authentication.get_authentication_records": (
        ["request", "user"],
        "nobody knows whether a session has shown its second factor",
    ),
    "allauth.mfa.utils.is_mfa_enabled": (
        ["user", "types"],
        "an account without a second factor is let in by its password",
    ),
    "cms.admin.forms.BasePageContentForm._language": (None, "a second draft of a page puts away the first"),
    "cms.admin.forms.ChangePageForm": (None, "an editor lets other sites frame a page"),
    "cms.middleware.toolbar.ToolbarMiddleware": (None, "keys of the toolbar change what a visitor sees"),
    "cms.models.Page._inc_path": (["self"], "the navigation of a section is not found with one query"),
    "cms.operations.MOVE_PAGE": (None, "the search keeps the addresses that moved pages had"),
    "cms.templatetags.cms_tags.CMSEditableObjectBlock": (None, "a double click on a record opens no form"),
    "cms.toolbar.utils.get_object_edit_url": (["obj"], "the desk leads to no draft of a page"),
    "cms.toolbar.utils.get_object_preview_url": (["obj"], "the search of the desk leads to no page"),
    "cms.toolbar.utils.get_toolbar_from_request": (["request"], "records are never editable on their page"),
    "cms.utils.page_permissions._django_permissions_by_action": (
        None,
        "editors move pages, and change settings that readers notice at once",
    ),
    "cms.utils.permissions.get_current_user": (
        [],
        "nobody knows who changed a page, so anybody publishes it",
    ),
    "cms.utils.permissions.set_current_user": (
        ["user"],
        "a proposal is saved in the name of whoever accepts it",
    ),
    "cms.utils.plugins.downcast_plugins": (["plugins"], "pages are searched and checked without their words"),
    "cms.utils.plugins.get_plugins": (
        ["request", "placeholder", "template", "lang"],
        "each block of a page asks the database for its own records",
    ),
    "django.contrib.admin.ModelAdmin._create_formsets": (
        ["self", "request", "obj", "change"],
        "a form overwrites what somebody else has changed in its rows",
    ),
    "django.contrib.admin.options.IS_POPUP_VAR": (None, "a form in a popup leads to the review"),
    "django.contrib.admin.utils.NestedObjects": (["using", "origin"], "a refused deletion does not say why"),
    "django.contrib.admin.utils.flatten_fieldsets": (["fieldsets"], "edit conflicts are not seen"),
    "django.core.handlers.base.BaseHandler.load_middleware": (["self"], "no page is previewed"),
    "django.core.handlers.base.BaseHandler.get_response": (["self", "request"], "no page is previewed"),
    "django.core.files.storage.FileSystemStorage._save": (
        ["self", "name", "content"],
        "style sheets are collected in fifty files",
    ),
    "django.db.backends.postgresql.client.DatabaseClient.settings_to_cmd_args_env": (
        ["settings_dict", "parameters"],
        "pg_dump and pg_restore do not reach the database",
    ),
    "djangocms_versioning.admin.VersionAdmin.admin_action_button": (
        ["url", "icon", "title", "name", "action", "keepsideframe"],
        "the list of a page's versions fails",
    ),
    "djangocms_versioning.cms_toolbars.VersioningToolbar._add_publish_button": (
        ["self"],
        "editors are shown a button that refuses them",
    ),
    "djangocms_versioning.cms_toolbars.VersioningToolbar._get_version": (["self"], "pages fail for staff"),
    "djangocms_versioning.cms_toolbars.VersioningToolbar._is_versioned": (["self"], "pages fail for staff"),
    "djangocms_versioning.cms_toolbars.replace_toolbar": (["old", "new"], "no page is shown at all"),
    "djangocms_versioning.conditions.user_can_publish": (["message"], "editors archive versions"),
    "djangocms_versioning.helpers.version_list_url": (["content"], "the desk leads to no version"),
    "djangocms_versioning.models.StateTracking": (None, "the desk does not tell which pages went up or down"),
    "openpyxl.cell.read_only.EMPTY_CELL": (None, "a sheet of a million empty rows takes a minute to read"),
}
# Methods of packages that this site replaces when it starts: the class or module that calls each, and what
# breaks if it does so no more.
REPLACED_NAMES = {
    "get_xframe_options": ("cms.page_rendering", "an editor lets other sites frame a page"),
    "_send_pre_placeholder_operation": ("cms.plugin_base:CMSPluginBase", "blocks change unnoticed"),
    "_send_post_placeholder_operation": (
        "cms.admin.placeholderadmin:PlaceholderAdmin",
        "blocks change unnoticed",
    ),
    "_validate_url_uniqueness": (
        "cms.admin.forms:MovePageForm",
        "a page moves to where nobody finds it",
    ),
    "_check_choices": (
        "django.db.models.fields:Field",
        "the terms are asked for before there is a table of them",
    ),
    "_get_publish_link": (
        "djangocms_versioning.admin:VersionAdmin",
        "editors see a button that refuses them",
    ),
    "_get_unpublish_link": (
        "djangocms_versioning.admin:VersionAdmin",
        "editors see a button that refuses them",
    ),
    "_get_archive_link": (
        "djangocms_versioning.admin:VersionAdmin",
        "editors see a button that refuses them",
    ),
    "_add_publish_button": (
        "djangocms_versioning.cms_toolbars:VersioningToolbar",
        "editors see a button that refuses them",
    ),
    "_get_login_attempts_cache_key": (
        "allauth.account.adapter:DefaultAccountAdapter",
        "anybody locks a member of staff out by guessing passwords",
    ),
}
# Attributes of instances, whose behaviour has a test below.
OF_INSTANCES = {"_files", "_prefetched_objects_cache"}
# Underscored names that are promised after all, by the documents of Django, simple_history and Python.
PROMISED = {"_meta", "_state", "_base_manager", "_history_user", "_change_reason", "_replace"}


@pytest.mark.parametrize("name", PRIVATE_NAMES)
def test_a_private_name_is_there_and_takes_what_it_is_given(name):
    parameters, loss = PRIVATE_NAMES[name]
    try:
        found = resolve_name(name)
        if parameters is not None:
            inspect.signature(found).bind(**dict.fromkeys(parameters))
    except (ImportError, AttributeError, TypeError) as error:
        pytest.fail(f"{error}: {loss}")


@pytest.mark.parametrize("name", REPLACED_NAMES)
def test_a_method_that_is_replaced_is_still_called(name):
    caller, loss = REPLACED_NAMES[name]
    assert re.search(rf"\w\.{name}\b(?! =)", inspect.getsource(resolve_name(caller))), loss


def test_no_other_private_name_is_used():
    """An underscored attribute, or a module that its package calls internal."""
    known = (
        {each.rpartition(".")[2] for each in PRIVATE_NAMES} | set(REPLACED_NAMES) | OF_INSTANCES | PROMISED
    )
    assert sorted(used_names() - known) == []
    private = {each for each in known - PROMISED if each.startswith("_")}
    assert sorted(private - used_names()) == []


def used_names():
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py") if "migrations" not in file.parts]
    used = set()
    for tree in (ast.parse(file.read_text()) for file in files):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and re.match("_[a-z]", node.attr):
                used.add(node.attr)
            elif isinstance(node, ast.FunctionDef) and re.match("_[a-z]", node.name):
                used.add(node.name)
            elif isinstance(node, ast.ImportFrom) and ".internal" in (node.module or ""):
                used |= {alias.name for alias in node.names}
    return used


def test_the_path_after_a_page_s_ends_its_section():
    assert Page(path="00010002")._inc_path() == "00010003"


@pytest.mark.django_db
def test_figures_that_are_put_where_prefetching_puts_them_cost_no_query(django_assert_num_queries):
    edition = Edition.objects.first()
    edition._prefetched_objects_cache = {"figures": []}
    with django_assert_num_queries(0):
        assert list(edition.figures.all()) == []


def test_a_request_that_is_given_a_form_and_no_files_reads_neither_itself(rf):
    request = rf.get("/")
    request.method, request.POST, request._files = "POST", QueryDict("text=Words"), MultiValueDict()
    assert list(request.FILES) == [] and request.POST["text"] == "Words"


def test_the_conditions_of_a_publication_are_asked_in_their_order():
    ours = [require_second_person, require_seen, require_accessible, require_written, require_unsaid]
    assert list(Version.check_publish)[-5:] == ours


def test_nobody_is_the_present_user_outside_a_request():
    user = get_current_user()
    assert user is None or user.is_anonymous
