"""Every address of the site answers every role as the access matrix says."""

import re
from collections import defaultdict

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.support.html_forms import FormReader
from tests.support.people import bob
from tests.support.sampling import WHOLE_IS_ASKED, every, in_turn

from .access_matrix import ROLES, ROWS, outcome_of, row_of
from .addresses import ExampleAddresses, url_patterns
from .posts import Posts
from .senders import Sender

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::cms.utils.compat.warnings.RemovedInDjangoCMS60Warning"),
]

# A GET may write a session, and the rate limits of the login.
WRITTEN_BY_GET = {"Session", "Attempt"}
STAFF = ROLES[2:]
UNTYPED = ("hidden", "password")
AUTOSAVE = re.compile(
    r'<template id="autosave" data-user="\d+".*<script [^>]*src="[^"]*js/autosave[^"]*\.js"', re.S
)


def row_counts():
    """Returns {name of a model: the number of rows in its table}."""
    tables = set(connection.introspection.table_names())
    counts = [
        f"SELECT '{model.__name__}', COUNT(*) FROM {connection.ops.quote_name(model._meta.db_table)}"
        for model in apps.get_models()
        if model._meta.db_table in tables and model.__name__ not in WRITTEN_BY_GET
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counts))  # at once, since it is done after each request
        return dict(cursor.fetchall())


def test_every_address_has_one_row_and_every_row_an_address():
    used = [row_of(pattern) for pattern in url_patterns()]
    assert [row for row in ROWS if row not in used] == []


def roles_to_try(row, number, is_first):
    """Returns the roles to be tried, the one that may most last: one in turn of all that are answered alike.

    The matrix has thousands of cells, and the drill tries them all. Of a row's later addresses, which are
    alike too, one role in turn is tried at every fourth.
    """
    if not is_first and number % 4 and not WHOLE_IS_ASKED:
        return []
    alike = defaultdict(list)
    for role in ROLES:
        alike[row.get[role], row.post[role]].append(role)
    groups = list(alike.values()) if is_first else in_turn(list(alike.values()), number // 4)
    chosen = {role for roles in groups for role in in_turn(roles, number // 4)}
    return [role for role in ROLES if role in chosen]


def test_every_address_answers_every_role_as_the_matrix_says(caplog):
    caplog.set_level("CRITICAL", "django.request")
    examples, faults = ExampleAddresses(), []
    senders = {role: Sender(role) for role in ROLES}
    posts = Posts(examples, [senders["administrator"], senders["editor"]])
    counts_before, tried = row_counts(), []
    for number, pattern in enumerate(url_patterns()):
        row, address = row_of(pattern), examples.address(pattern)
        roles = roles_to_try(row, number, is_first=row not in tried)
        tried.append(row)
        if not roles:
            continue
        requests = [("get", row.get, None), ("post", row.post, posts.to(pattern, address)[0])]
        for role in roles:
            for method, expected, data in requests:
                # Counting takes its time, so it is done for one role: the one that sees most.
                counting = row_counts if (method, role) == ("get", roles[-1]) else None
                response, counts = senders[role].try_out(method, address, data, counting)
                cell = f"{role}: {method} {address}"
                if (outcome := outcome_of(response)) != expected[role]:
                    faults.append(f"{cell}: {outcome} ({response.status_code}), not {expected[role]}")
                if counts and counts != counts_before:
                    changed = [name for name in counts if counts[name] != counts_before[name]]
                    faults.append(f"{cell} changed {changed}")
                if method == "post" and refuses_form(response):
                    faults.append(f"{cell}: the form is not valid: {data}")
                if method == "get" and role in STAFF and forgets_what_is_typed(response):
                    faults.append(f"{cell}: what is typed there is not kept on the machine of who types it")
                if could_be_cached(response, role):
                    faults.append(f"{cell} could be cached: {response.get('Cache-Control', '')}")
    assert faults == [], "\n".join(faults)


def refuses_form(response):
    """Returns true if a form came back with what has to be mended: that tells nothing of a role."""
    return not response.streaming and bool(re.search(rb'class="[^"]*error(list|note)', response.content))


def forgets_what_is_typed(response):
    """Returns true if a page has a form, or a text that is edited in its page, that loses what is typed.

    The pages of the login hold passwords and codes.
    """
    if response.streaming or "html" not in response.get("Content-Type", ""):
        return False
    page = response.content.decode()
    if "account-page" in page or response.status_code != 200:
        return False
    forms = [form for form in FormReader(page).forms if form.method == "post"]
    is_typed = any(field.kind not in UNTYPED for form in forms for field in form.fields)
    return (is_typed or "cms-editor-inline-wrapper" in page) and not AUTOSAVE.search(page)


def could_be_cached(response, role):
    """Returns true if a proxy could store what is meant for one person."""
    directives = response.get("Cache-Control", "").replace(" ", "").split(",")
    is_personal = response.cookies or role != "visitor"
    return is_personal and not {"no-store", "private"} <= set(directives)


def test_no_form_is_accepted_without_its_csrf_token():
    client, accepted = Client(enforce_csrf_checks=True, raise_request_exception=False), []
    client.force_login(bob())
    examples = ExampleAddresses()
    patterns = list(url_patterns())
    with_others = every(3, patterns)
    for number, pattern in enumerate(patterns):
        others = in_turn([client.put, client.patch, client.delete], number) if pattern in with_others else []
        for method in (client.post, *others):
            if method(examples.address(pattern)).status_code not in (403, 404, 405):
                accepted.append(pattern)
    assert accepted == []
