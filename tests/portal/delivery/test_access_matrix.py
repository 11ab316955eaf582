"""Every address of the site answers every role as the access matrix says."""

from http.cookies import SimpleCookie

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client

from tests.support.people import alice, bob
from tests.support.sampling import in_turn

from .access_matrix import ROLES, ROWS, outcome_of, row_of
from .addresses import ExampleAddresses, url_patterns

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::cms.utils.compat.warnings.RemovedInDjangoCMS60Warning"),
]

# A GET may write a session, and the rate limits of the login.
WRITTEN_BY_GET = {"Session", "Attempt"}


def user_of(role):
    users = get_user_model().objects
    return {
        "visitor": lambda: None,
        "user": lambda: users.create_user("charlie", password="!"),
        "staff": lambda: users.create_user("dana", password="!", is_staff=True),
        "editor": alice,
        "publisher": bob,
        "administrator": lambda: users.create_superuser("admin", password="!"),
    }[role]()


class Sender:
    """Sends each request as if it were the first after the login, and rolls back what it changes."""

    def __init__(self, role):
        self.role = role
        self.client = Client(raise_request_exception=False)
        if user := user_of(role):
            self.client.force_login(user)
            # At somebody's first visit the CMS creates their settings and clipboard.
            self.client.get("/admin/")
        self.cookies = {name: cookie.value for name, cookie in self.client.cookies.items()}

    def send(self, method, address):
        """Returns the response, and the numbers of rows after it where they are counted."""
        self.client.cookies = SimpleCookie(self.cookies)
        savepoint = transaction.savepoint()
        response = getattr(self.client, method)(address)
        # Counting takes its time, so it is done for one role: a publisher sees most.
        counts = row_counts() if method == "get" and self.role == "publisher" else None
        transaction.savepoint_rollback(savepoint)
        return response, counts


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


def is_tested(role, row):
    """Skips requests that tell nothing new, for the matrix has thousands of cells.

    An administrator may do what a publisher may, and a page for visitors is the same for all other roles.
    """
    if role == "administrator":
        return any(outcomes[role] != outcomes["publisher"] for outcomes in (row.get, row.post))
    return role in ("visitor", "publisher") or any(
        len(set(outcomes.values())) > 1 for outcomes in (row.get, row.post)
    )


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_a_role_as_the_matrix_says(role, caplog):
    caplog.set_level("CRITICAL", "django.request")
    examples, faults = ExampleAddresses(), []
    sender, counts_before = Sender(role), row_counts()
    for pattern in url_patterns():
        row, address = row_of(pattern), examples.address(pattern)
        if not is_tested(role, row):
            continue
        for method, expected in (("get", row.get[role]), ("post", row.post[role])):
            response, counts = sender.send(method, address)
            if (outcome := outcome_of(response)) != expected:
                faults.append(f"{method} {address}: {outcome} ({response.status_code}), not {expected}")
            if counts and counts != counts_before:
                changed = [name for name in counts if counts[name] != counts_before[name]]
                faults.append(f"get {address} changed {changed}")
            cache_control = response.get("Cache-Control", "")
            is_personal = response.cookies or role != "visitor"
            if is_personal and not {"no-store", "private"} <= set(cache_control.replace(" ", "").split(",")):
                faults.append(f"{method} {address} could be cached: {cache_control}")
    assert faults == [], "\n".join(faults)


def test_no_form_is_accepted_without_its_csrf_token():
    client, accepted = Client(enforce_csrf_checks=True, raise_request_exception=False), []
    client.force_login(bob())
    examples = ExampleAddresses()
    for number, pattern in enumerate(url_patterns()):
        for method in (client.post, *in_turn([client.put, client.patch, client.delete], number)):
            if method(examples.address(pattern)).status_code not in (403, 404, 405):
                accepted.append(pattern)
    assert accepted == []
