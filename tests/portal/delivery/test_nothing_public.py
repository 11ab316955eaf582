"""Nobody below a publisher changes what visitors see, whatever forms they send to whatever address.

Valid forms are sent to all addresses of the access matrix, one after the other as one person, and they stay
sent. Then every public address is read and compared, byte for byte, with what it was before. `make test`
sends, as an editor, an eighth of the forms that the matrix says are accepted, and compares what tells most;
`make drill` sends everything for everybody, and compares the whole site.
"""

from functools import partial

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client

from impact.models import Edition
from organisation.admin import ProposingAdmin
from organisation.admin.proposals import proposing
from organisation.models import Proposal
from portal.seeding.staff import ROOMS
from tests.support.public_site import crawl_everything, read, read_all, telling_addresses
from tests.support.sampling import WHOLE_IS_ASKED, drill_only, every, in_turn

from .access_matrix import row_of
from .addresses import ExampleAddresses, url_patterns
from .posts import Posts
from .senders import Sender

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::cms.utils.compat.warnings.RemovedInDjangoCMS60Warning"),
]


class Attempt:
    """All forms that a person sends, and what visitors saw before."""

    def __init__(self, role, patterns=None):
        self.examples = ExampleAddresses()
        self.sender = Sender(role)
        author = self.sender if role == "editor" else Sender("editor")
        self.posts = Posts(self.examples, [Sender("administrator"), author])
        chosen = url_patterns() if WHOLE_IS_ASKED else filter(partial(is_accepted, role), url_patterns())
        self.patterns = patterns or every(8, list(chosen))
        self.visitor = Client()
        self.before = (
            crawl_everything(self.visitor)
            if WHOLE_IS_ASKED
            else read_all(self.visitor, telling_addresses(self.visitor))
        )

    def send_all(self, after_each=None):
        """Sends every form; returns their number. `after_each` takes the address and the data of a form."""
        count = 0
        for pattern in self.patterns:
            for address in self.examples.addresses(pattern):
                for data in self.posts.to(pattern, address):
                    self.sender.post(address, data)
                    count += 1
                    if after_each:
                        after_each(address, data)
        return count

    def changes(self):
        """Returns a sentence for each form that changed a public address, after all of them were sent."""
        savepoint = transaction.savepoint()
        self.send_all()
        changed = [address for address, was in self.before.items() if read(self.visitor, address) != was]
        transaction.savepoint_rollback(savepoint)
        return self.culprits(changed) if changed else []

    def culprits(self, changed):
        """Sends every form again, and looks after each at the addresses that were changed in the end."""
        self.sender.log_in()
        last, found = {address: self.before[address] for address in changed}, []

        def look(address, data):
            now = read_all(self.visitor, changed)
            differing = [each for each in changed if now[each] != last[each]]
            if differing:
                found.append(f"POST {address} {data} changed {differing}")
            last.update(now)

        self.send_all(look)
        return found or [f"these changed, but not when all was sent again: {changed}"]


def is_accepted(role, pattern):
    """Returns true where the matrix says that a role's form is, and a visitor's is not."""
    post = row_of(pattern).post
    return post[role] == "redirect" != post["visitor"] or post[role] == "ok" and "placeholder" in pattern


def test_every_form_of_a_record_proposes_what_visitors_would_see():
    # Of the forms that are sent, `make test` tries out a few.
    forms = [each for each in admin.site._registry.values() if each.model._meta.app_label in ROOMS]
    saving = {each.model for each in forms if not isinstance(each, ProposingAdmin)}
    assert saving == {Edition, Proposal}  # which nobody changes in a form


@pytest.mark.parametrize("role", in_turn(["visitor", "staff", "editor"]))
def test_nothing_that_a_role_sends_changes_what_visitors_see(role, caplog):
    caplog.set_level("CRITICAL", "django.request")
    changes = Attempt(role).changes()
    assert changes == [], "\n".join(changes)


@drill_only()
def test_a_form_that_changes_what_visitors_see_is_found_and_named(monkeypatch):
    monkeypatch.setattr(proposing, "propose_or_save", lambda request, view, record=None: view())
    form = "admin/advocacy/instrument/<path:object_id>/change/"
    [culprit] = Attempt("editor", ["admin/search/", form, "admin/log/"]).changes()
    assert culprit.startswith("POST /admin/advocacy/instrument/1/change/ {")
    assert "/data/instruments.csv" in culprit.rpartition("changed")[2]
