"""An empty site asks once what it is to be; without a terminal it shows the demonstration."""

import errno
import json
import sys
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from organisation.models import Organisation, SiteSettings
from portal.accounts.start.progress import Progress
from portal.operations import first_start, server
from tests.portal.accounts.start.steps import ALONE, START, TWO_PEOPLE, WHO, open_start, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_run(monkeypatch, settings, tmp_path):
    """Returns a function that starts an empty site without people, up to its server, and what it told."""
    settings.VAR_DIR, called = tmp_path, []
    get_user_model().objects.filter(is_staff=True).update(is_active=False)
    for name in ("make_folder_private", "require_free_port", "prepare_database", "collect_static_files"):
        monkeypatch.setattr(server, name, lambda *arguments: None)
    monkeypatch.setattr(server, "is_empty_site", lambda: True)
    monkeypatch.setattr(server, "call_command", lambda name, **options: called.append(name))
    monkeypatch.setattr(server, "serve", lambda port: called.append("serve"))
    monkeypatch.setenv("PORTAL_PASSWORD_ONLY", "0")
    monkeypatch.delenv("START", raising=False)

    def run(*arguments, answers=None):
        if answers is not None:
            file = tmp_path / "answers.json"
            file.write_text(answers if isinstance(answers, str) else json.dumps(answers))
            arguments = ("--answers", str(file), *arguments)
        called.clear()
        told = StringIO()
        call_command("start", *arguments, stdout=told)
        return called[:], told.getvalue()

    return run


class Terminal(StringIO):
    """Stands in for a terminal: it ends where nothing more is typed, so that no test waits for a person."""

    def isatty(self):
        return True


@pytest.fixture
def typed_in_terminal(monkeypatch):
    """Returns a function that asks somebody in a terminal who types some lines: (start, what was told)."""
    monkeypatch.delenv("START", raising=False)

    def ask(lines, answers=None):
        screen = Terminal()
        monkeypatch.setattr(sys, "stdin", Terminal(lines))
        monkeypatch.setattr(sys, "stdout", screen)
        return first_start.chosen_start(answers), screen.getvalue()

    return ask


def test_without_a_terminal_it_is_the_demonstration(make_run):
    called, told = make_run()
    assert called == ["seed", "serve"] and "Log in at http://localhost:8000/admin/" in told
    assert Progress.read() is None


def test_a_variable_makes_it_one_s_own_without_a_terminal(make_run, monkeypatch, client):
    monkeypatch.setenv("START", "own")
    called, told = make_run()
    assert called == ["serve"] and "Staff login" not in told and "Log in at" not in told
    token = told.partition(f"{START}open/")[2].partition("/")[0]
    assert open_start(client, token).url == START


def test_a_variable_that_says_neither_is_refused(make_run, monkeypatch):
    monkeypatch.setenv("START", "mine")
    with pytest.raises(CommandError, match="START is “mine”: write own or demonstration"):
        make_run()


@pytest.mark.parametrize(
    ("lines", "start"),
    [
        ("\n", "demonstration"),
        ("demonstration\n", "demonstration"),
        (" Own \n", "own"),
        ("", "demonstration"),
    ],
)
def test_in_a_terminal_enter_means_the_demonstration(typed_in_terminal, lines, start):
    chosen, told = typed_in_terminal(lines)
    assert chosen == start
    assert "Press Enter for the demonstration, or write own:" in told


def test_in_a_terminal_what_is_neither_is_asked_again(typed_in_terminal):
    chosen, told = typed_in_terminal("perhaps\nown\n")
    assert chosen == "own"
    assert "“perhaps” is neither: press Enter, or write own." in told


def test_a_terminal_is_not_asked_what_is_said_already(typed_in_terminal, monkeypatch):
    assert typed_in_terminal("own\n", {"start": "demonstration"}) == ("demonstration", "")
    monkeypatch.setenv("START", "own")
    assert typed_in_terminal("\n") == ("own", "")


def test_answers_set_a_portal_up_without_a_person(make_run, client):
    answers = {"start": "own", "who": WHO, "people": TWO_PEOPLE, "contact": {"licence": "CC-BY-4.0"}}
    called, told = make_run(answers=answers)
    assert called == ["serve"] and "The start goes on at http://localhost:8000/accounts/start/" in told
    row = SiteSettings.objects.get()
    assert (row.name, row.licence) == ("The Lantern Record", "CC-BY-4.0")
    client.post("/accounts/login/", {"login": "erin", "password": TWO_PEOPLE["second_password"]})
    assert "First documents" in client.get(START).content.decode()


def test_answers_may_leave_the_rest_to_a_person_or_choose_the_demonstration(make_run):
    assert "/open/" in make_run(answers={"start": "own", "who": WHO})[1]
    Progress.read().end()
    assert make_run(answers={"start": "demonstration"})[0] == ["seed", "serve"]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ("{", "cannot be read"),
        ("[]", "say no start: write “start”: “own” or “demonstration”."),
        ({"who": WHO}, "say no start"),
        ({"start": "own", "whom": {}}, "hold “whom”, which nothing asks for"),
        ({"start": "own", "who": "Lantern Aid"}, "hold “who”, which nothing asks for"),
        ({"start": "demonstration", "who": WHO}, "hold “who”, which nothing asks for"),
        ({"start": "own", "who": WHO | {"motto": "Light"}}, "“who” name “motto”, which is not asked there"),
        ({"start": "own", "people": ALONE}, "“people” need those to “who”"),
        ("[" * 100_000, "cannot be read"),
        ('{"start": "own", "who": {}, "who": {}}', "“who” stands there twice"),
        ({"start": ["own"]}, "say no start"),
        ({"start": "own", "who": WHO | {"name": {"en": "Lantern"}}}, "“name” of “who” is no text"),
        ({"start": "own", "who": WHO | {"sentence": None}}, "“sentence” of “who” is no text"),
        ({"start": "own", "who": WHO | {"name": True}}, "“name” of “who” is no text"),
        ({"start": "own", "who": WHO | {"name": "\ud800"}}, "“name” of “who” is no text"),
        ({"start": "own", "who": WHO, "people": ALONE | {"alone": 1}}, "“alone” of “people” is no text"),
        (
            {"start": "own", "who": WHO, "people": ALONE | {"password": "x"}},
            "The answer to “password_again” of “people” is refused: The two passwords differ",
        ),
    ],
)
def test_answers_that_are_wrong_are_named_and_nothing_is_done(make_run, answers, sentence):
    with pytest.raises(CommandError) as refusal:
        make_run(answers=answers)
    assert sentence in str(refusal.value) and "\n" not in str(refusal.value)
    assert Progress.read() is None
    assert not Organisation.objects.filter(official_name=WHO["publisher"]).exists()


def test_answers_that_are_not_there_are_named(make_run, tmp_path):
    with pytest.raises(CommandError, match="nowhere.json cannot be read"):
        make_run("--answers", str(tmp_path / "nowhere.json"))


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"done": ["who"], "organisation": 999999, "later": 1}'])
def test_a_start_whose_file_is_damaged_goes_on_at_a_new_address(make_run, settings, client, kept):
    (settings.VAR_DIR / "start.json").write_text(kept)
    called, told = make_run()
    assert called == ["serve"]
    assert open_start(client, told.partition("/open/")[2].partition("/")[0]).url == START
    assert send(client, "people", **TWO_PEOPLE).url == f"{START}who/"


def test_a_start_that_ended_before_the_database_was_written_is_begun_once_more(make_run, client):
    Group.objects.all().delete()
    Progress(done=["who"], organisation=999999).write()
    told = make_run(answers={"start": "own", "who": WHO})[1]
    assert Organisation.objects.filter(official_name=WHO["publisher"]).exists()
    open_start(client, told.partition("/open/")[2].partition("/")[0])
    assert send(client, "people", **TWO_PEOPLE).url == f"{START}look/"


def test_answers_to_a_site_that_is_not_empty_are_said_to_be_unread(make_run, monkeypatch):
    monkeypatch.setattr(server, "is_empty_site", lambda: False)
    answers = {"start": "own", "who": WHO}
    assert "The answers were not read: this site is not empty any more." in make_run(answers=answers)[1]
    assert not Organisation.objects.filter(official_name=WHO["publisher"]).exists()


def test_answers_may_begin_with_the_mark_of_an_editor_of_text_and_tick_with_true(make_run):
    answers = {"start": "own", "who": WHO, "people": ALONE | {"alone": True}}
    make_run(answers="\ufeff" + json.dumps(answers))
    assert SiteSettings.objects.get().one_person_alone


def test_a_disk_that_takes_nothing_is_told_in_one_sentence(make_run, monkeypatch):
    def full(progress):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Progress, "write", full)
    with pytest.raises(CommandError, match=r"Nothing can be written to .* \(No space left on device\)"):
        make_run(answers={"start": "own", "who": WHO})
    assert not Organisation.objects.filter(official_name=WHO["publisher"]).exists()


def test_a_start_that_was_left_is_not_asked_for_again(make_run, monkeypatch, client):
    monkeypatch.setenv("START", "own")
    first = make_run()[1]
    monkeypatch.delenv("START")
    called, told = make_run()
    assert "seed" not in called and "/open/" in told
    token = first.partition("/open/")[2].partition("/")[0]
    assert token not in told and open_start(client, token).status_code == 403
