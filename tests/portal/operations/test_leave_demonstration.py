"""Leaving the demonstration saves it, empties the site of all but its people, and begins the start."""

import errno

import pytest
from cms.models import Page
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client

from impact.models import Claim, Highlight
from organisation.models import (
    Affiliation,
    Milestone,
    Organisation,
    Proposal,
    SiteSettings,
    SourceNote,
    Succession,
    Term,
)
from portal.accounts.start.progress import Progress
from portal.models import SearchEntry
from portal.operations import demonstration
from portal.operations.first_start import is_empty_site
from portal.seeding.demonstration import own_records
from tests.portal.accounts.start.steps import START, WHO, send, told
from tests.support.demonstration_words import found_in, words_of_the_demonstration
from tests.support.factory import (
    a_claim,
    a_passage,
    a_source,
    a_statement,
    an_ask,
    an_instrument,
    an_organisation,
)
from tests.support.pages import a_page
from tests.support.people import alice, bob
from tests.support.sweep import Sweep


@pytest.fixture
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "saved"


class MadeBackup:
    """Stands in for a backup, which needs a database that is a file; it notes what it would have saved."""

    def __init__(self, folder):
        self.folder = folder

    @classmethod
    def make(cls, folder, database):
        cls.claims = Claim.objects.count()
        return cls(folder / "margin-20261129T000000Z")

    def verify(self):
        pass


@pytest.fixture
def backups(monkeypatch):
    kind = type("Backup", (MadeBackup,), {})
    monkeypatch.setattr(demonstration, "Backup", kind)
    return kind


def leave(folder):
    call_command("leave_demonstration", str(folder))


@pytest.mark.django_db
def test_all_is_gone_but_the_people_and_it_was_saved_before(folder, backups, client, capsys):
    claims, people = Claim.objects.count(), get_user_model().objects.count()
    assert claims
    leave(folder)
    assert backups.claims == claims
    printed = capsys.readouterr().out
    assert f"saved in {folder}" in printed and "Stop the server and start it again" in printed
    assert not Organisation.objects.exists() and not Claim.objects.exists()
    assert not Claim.history.exists() and not SearchEntry.objects.exists()
    assert get_user_model().objects.count() == people and bob().has_perm("impact.publish_claim")
    assert SiteSettings.objects.get().name == ""
    assert "This site is being set up" in told(client.get("/"))


@pytest.mark.django_db
def test_then_who_may_publish_goes_on_with_the_start(folder, backups, client):
    leave(folder)
    client.force_login(bob())
    assert client.get(f"{START}people/").url == START
    assert send(client, "who", **WHO).url == f"{START}look/"
    assert Organisation.objects.get().official_name == WHO["publisher"]
    assert "The Lantern Record" in told(Client().get("/"))
    assert "This site is being set up" not in told(Client().get("/"))
    assert Page.objects.exists()


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:get_current_site")
def test_of_its_names_and_sentences_none_is_served_once_a_portal_of_ones_own_is_begun(
    folder, backups, client
):
    words = words_of_the_demonstration()
    assert len(words) > 200 and found_in(Client().get("/about/").content.decode(), words)
    leave(folder)
    client.force_login(bob())
    send(client, "who", **WHO)
    left = {path: found for path, text in Sweep(Client(), 1).everything() if (found := found_in(text, words))}
    assert left == {}


@pytest.mark.django_db
def test_what_somebody_has_made_is_named_and_nothing_is_done(folder, backups):
    organisation = an_organisation("Lantern Aid")
    a_claim("We lit every pier", organisation=organisation)
    a_page("Our piers", "<p>Words.</p>")
    claims = Claim.objects.count()
    with pytest.raises(CommandError) as refusal:
        leave(folder)
    for name in ("Lantern Aid", "We lit every pier", "Our piers"):
        assert name in str(refusal.value)
    assert "Nothing was done." in str(refusal.value)
    assert Claim.objects.count() == claims and Progress.read() is None


def of_the_demonstration():
    return Organisation.objects.order_by("pk").first()


# One of each kind of record, begun beside what the fixtures have written.
OWN_RECORDS = {
    "organisation": lambda: an_organisation("Lantern Aid"),
    "source": lambda: a_source("Our piers"),
    "note on a source": lambda: SourceNote.objects.create(
        passage=a_passage("Our words."), note="Our own note"
    ),
    "succession": lambda: Succession.objects.create(earlier=of_the_demonstration(), kind="closed"),
    "statement": lambda: a_statement("Light on every pier.", organisation=of_the_demonstration()),
    "milestone": lambda: Milestone.objects.create(
        organisation=of_the_demonstration(), slug="own", title="Our day", date="2024", text="We began."
    ),
    "affiliation": lambda: Affiliation.objects.create(
        organisation=of_the_demonstration(), region="The coast", role="partner"
    ),
    "claim": lambda: a_claim("We lit every pier", organisation=of_the_demonstration(), source=a_source()),
    "highlight": lambda: Highlight.objects.create(
        claim=Claim.objects.filter(highlights=None).order_by("pk").first(), where="impact", order=99
    ),
    "instrument": lambda: an_instrument("Treaty on Piers"),
    "ask": lambda: an_ask("Light the piers.", organisation=of_the_demonstration()),
    "theme or role": lambda: Term.objects.create(vocabulary="theme", name="piers", slug="piers"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", OWN_RECORDS)
def test_a_record_of_any_kind_stands_in_the_way_until_it_is_gone(folder, backups, kind):
    record = OWN_RECORDS[kind]()
    with pytest.raises(CommandError, match=f"“{kind} ") as refusal:
        leave(folder)
    assert str(record) in str(refusal.value) and not hasattr(backups, "claims")
    assert Claim.objects.exists() and Progress.read() is None


@pytest.mark.django_db
def test_what_somebody_has_proposed_is_named_as_well(folder, backups):
    proposal = Proposal.objects.create(title="Our piers", path="/admin/", author=alice(), author_name="alice")
    with pytest.raises(CommandError, match="proposal Our piers"):
        leave(folder)
    proposal.decide(Proposal.State.TAKEN_BACK, proposal.author)
    leave(folder)
    assert not Proposal.objects.exists()


@pytest.mark.django_db
def test_a_database_that_cannot_be_emptied_stays_whole_and_one_sentence_says_so(folder, backups, monkeypatch):
    def full():
        Claim.objects.filter(pk=Claim.objects.order_by("pk").first().pk).update(statement="Half of it")
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(demonstration, "empty_tables", full)
    with pytest.raises(CommandError, match=r"could not be emptied \(database or disk is full\)"):
        leave(folder)
    assert not Claim.objects.filter(statement="Half of it").exists() and Progress.read() is None


@pytest.mark.django_db
def test_where_the_start_cannot_be_written_one_sentence_says_so_and_the_next_one_asks(
    folder, backups, monkeypatch
):
    def full(progress):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Progress, "write", full)
    with pytest.raises(CommandError, match="No space left on device"):
        leave(folder)
    assert is_empty_site() and Progress.read() is None


@pytest.mark.django_db
def test_a_record_of_the_demonstration_that_somebody_has_changed_is_no_record_of_their_own(folder, backups):
    claim = Claim.objects.order_by("pk").first()
    claim.note_change(alice())
    claim.save()
    assert own_records() == []
    leave(folder)
    assert not Claim.objects.exists()


@pytest.mark.django_db
def test_where_no_demonstration_is_there_is_nothing_to_leave(folder, backups):
    leave(folder)
    with pytest.raises(CommandError, match="there is nothing to leave"):
        leave(folder)
