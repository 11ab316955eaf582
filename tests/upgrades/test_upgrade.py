"""A site of each released version is brought up to date, and keeps what it had: rows, pages, what waits."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client

from impact.models import Claim
from organisation.models import Organisation, Proposal, Term
from portal.operations.doctor import DATABASE_CHECKS, check_overdue_claims
from portal.operations.finding import WRONG
from portal.operations.public_checks import check_takedowns
from portal.operations.scheduled_tasks import rebuild_search_index
from portal.seeding.staff import editor_permissions, publisher_permissions
from tests.conftest import other_site
from tests.support.blocks import text_of
from tests.support.people import alice, bob
from tests.support.proposals import decide, propose
from tests.support.public_site import sitemap_paths

from .database import FOLDER, as_text, models_of, read, versions

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("organisation", "impact", "advocacy", "portal")
MOST_BYTES = 200_000
# What an update writes anew: the permissions of the groups of staff.
WRITTEN_ANEW = {"auth.group_permissions"}
# What the doctor says of what waits for somebody: sooner or later it has waited too long.
OF_THE_DAY = {check_overdue_claims, check_takedowns}
# Columns in which a later version changes what an earlier one has written: why.
CHANGED = {}


@pytest.fixture(scope="module", params=versions())
def version(request, django_db_setup, django_db_blocker):
    """A site of a released version, brought up to date with `migrate` alone, as it is after an upgrade."""
    with django_db_blocker.unblock(), other_site(request.param):
        call_command("migrate", verbosity=0, interactive=False)
        yield request.param


def text_at(path):
    return text_of(Client().get(path, follow=True).content.decode())


def columns_of(rows, names, kept):
    """Returns {key of a row: its values in the columns that are kept}, as they stand in a file."""
    places = [names.index(name) for name in kept]
    return {str(row[0]): comparable([row[place] for place in places]) for row in rows}


def comparable(values):
    """Returns the values of a row as JSON; PostgreSQL keeps the keys of an object in an order of its own."""
    return json.dumps(values, sort_keys=True, default=as_text)


def test_every_row_is_there_with_what_it_said(version):
    models = models_of(apps)
    for label, table in read(version)["tables"].items():
        if label not in models or label in WRITTEN_ANEW:
            continue
        fields = {field.attname for field in models[label]._meta.local_concrete_fields}
        kept = [name for name in table["fields"] if name in fields and (label, name) not in CHANGED]
        rows = [list(row) for row in models[label]._base_manager.order_by("pk").values_list(*kept)]
        now, then = columns_of(rows, kept, kept), columns_of(table["rows"], table["fields"], kept)
        assert {key: now.get(key) for key in then} == then, label


def test_each_record_stands_in_its_history_as_it_is(version):
    differing, without_history = [], set()
    for model in apps.get_models():
        history = getattr(model, "history", None)
        if history is None or model._meta.app_label not in ROOMS:
            continue
        names = [field.attname for field in history.model.tracked_fields if field.editable]
        for record in model._base_manager.all():
            last = history.filter(**{model._meta.pk.name: record.pk}).order_by("-history_id").first()
            if last is None:
                without_history.add(model._meta.label)
            else:
                differing += [
                    f"{record!r}: {name}" for name in names if getattr(last, name) != getattr(record, name)
                ]
    assert differing == []
    # What belongs to an edition never changes, and the first roles were made by an update.
    assert without_history == {"impact.Figure", "organisation.Citation", "organisation.Term"}


def test_visitors_find_every_page_and_every_edition(version):
    parts = ["pages", "claims", "organisations", "publications"]
    maps = [Client().get(f"/sitemap-{part}-1.xml").getvalue() for part in parts]
    paths = [path for each in maps for path in sitemap_paths(each)]
    pages = {path: Client().get(path) for path in paths}
    assert {path for path, answer in pages.items() if answer.status_code != 200} == set() and len(pages) > 15
    claim = text_at("/evidence/e1/")
    assert "We taught 40 pilots in 3 ports" in claim and "E1 disputed corrected" in claim
    assert "We taught 40 pilots" in text_at("/evidence/e1/v1/")
    everything = text_at("/all-that-we-show/")
    for words in ("a safe harbour for every child", "Founded", "Harbour Council", "A page with a block"):
        assert words in everything
    assert Client().get("/old-address/", follow=True).redirect_chain[-1][0] == "/all-that-we-show/"
    assert Client().get("/evidence/e4/", follow=True).status_code == 410


def test_whoever_comes_back_finds_the_look_the_search_and_the_files(version):
    home = Client().get("/").content.decode()
    assert "Harbour Aid in Words" in home
    css = Client().get(re.search(r"/look-\w+\.css", home)[0]).content.decode()
    assert "#00576b" in css
    assert "We taught 40 pilots" in text_at("/search/?q=pilots")
    assert "We taught 40 pilots" in Client().get("/data/claims.csv").getvalue().decode()


def test_what_waited_is_decided_after_the_upgrade(version):
    decide(bob())
    assert Organisation.objects.get(slug="harbour-aid").other_names == "The Pilots"
    Claim.objects.get(subject="Readers").publish(by=bob(), seen=Claim.AS_STORED)
    assert "We printed two readers" in Client().get("/evidence/e3/", follow=True).content.decode()


def test_staff_go_on_at_once_and_nobody_has_to_seed(version):
    assert set(Group.objects.get(name="editor").permissions.all()) == set(editor_permissions())
    publisher = set(Group.objects.get(name="publisher").permissions.all())
    assert publisher == set(editor_permissions() | publisher_permissions())
    propose(alice(), Term.objects.get(slug="pilot-school"), name="school of pilots")
    decide(bob(), proposal=Proposal.objects.waiting().latest("pk"))
    assert Term.objects.get(slug="pilot-school").name == "school of pilots"


def test_the_doctor_finds_the_database_in_order_once_the_next_minute_has_passed(version):
    rebuild_search_index(report=lambda line: None)  # which `tick` does: see docs/upgrading.md
    findings = [check() for check in DATABASE_CHECKS if check not in OF_THE_DAY]
    assert [each.message for each in findings if each.level == WRONG] == []


# The small databases


def test_this_version_is_the_newest_of_the_changelog_and_each_has_its_database():
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    released = [heading.partition(",")[0] for heading in headings if heading != "Unreleased"]
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert released[0] == version and sorted(released) == versions()
    assert headings.index("Unreleased") == 0 if "Unreleased" in headings else True


@pytest.mark.parametrize("version_of_file", versions())
def test_the_database_of_a_version_is_small_and_nobody_can_log_in_with_it(version_of_file):
    assert (FOLDER / f"{version_of_file}.json").stat().st_size <= MOST_BYTES
    tables = read(version_of_file)["tables"]
    users = tables["auth.user"]
    passwords = {row[users["fields"].index("password")] for row in users["rows"]}
    assert passwords == {"!"}
    assert not {"sessions.session", "portal.attempt"} & tables.keys()
    assert tables["mfa.authenticator"]["rows"] == []


@pytest.mark.parametrize("version_of_file", versions())
def test_the_database_of_a_version_has_a_row_of_each_kind_that_there_was(version_of_file):
    tables = read(version_of_file)["tables"]
    own = {label for label in tables if label.partition(".")[0] in ROOMS}
    assert len(own) > 50 and {label for label in own if not tables[label]["rows"]} == set()
