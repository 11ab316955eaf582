"""What has to be right before a site goes live stands on a publisher's desk, and the doctor says the same."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from cms.models import PageContent
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from organisation.models import Organisation
from portal.operations import address_check
from portal.operations.backup import Backup
from portal.operations.going_live import BACKUP, LEGAL_TEMPLATES, check_second_factors
from tests.support.desk import DESK
from tests.support.factory import an_organisation
from tests.support.going_live import a_legal_page, make_ready
from tests.support.pages import version_of
from tests.support.people import alice, bob, staff_with
from tests.support.second_factor import log_in_with_app, with_app
from tests.support.site_settings import set_up_site

from .conftest import rows_of_the_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("live_site")]

NAMES = [
    *("Settings", "Public address", "Contact", "Who speaks", "Second factor"),
    *("Backup", "Files", "Demonstration", "Legal pages"),
]


class EmptyDatabase:
    kind, file_name = "sqlite", "database.sqlite3"

    def dump(self, file):
        file.write_text("everything")
        return {"rows": {}, "migrations": {}}


@pytest.fixture
def desk(client):
    """Returns a function that gives the lines of a person's list, by the name of the check."""

    def read(user):
        log_in_with_app(client, user)
        return {row.strip().partition(":")[0]: row for row in rows_of_the_desk(client)}

    return read


def test_a_site_that_is_ready_is_told_so_line_by_line(settings, desk, before_going_live, tmp_path):
    make_ready(settings)
    Backup.make(tmp_path / "backups", EmptyDatabase())
    assert {before_going_live(name)[0] for name in NAMES} == {"ok"}
    assert list(desk(bob())) == NAMES


def test_the_list_stands_open_as_long_as_something_is_to_be_done(settings, client, tmp_path):
    make_ready(settings)
    Backup.make(tmp_path / "backups", EmptyDatabase())
    call_command("tick")
    log_in_with_app(client, bob())
    page = client.get(DESK).content.decode()
    assert "All is in order" in page and "<details open>" not in page
    set_up_site(email="")
    page = client.get(DESK).content.decode()
    assert "1 thing is to be done" in page and "<details open>" in page


def test_a_line_leads_to_where_it_is_mended_or_the_list_says_who_does_it(settings, client, tmp_path):
    make_ready(settings)
    Backup.make(tmp_path / "backups", EmptyDatabase())
    call_command("tick")
    set_up_site(email="")
    log_in_with_app(client, bob())
    page = client.get(DESK).content.decode()
    assert f'<a href="{reverse("admin:organisation_sitesettings_changelist")}">Open the settings' in page
    assert "are settings of the machine" not in page
    settings.PORTAL_PASSWORD_ONLY = True
    page = client.get(DESK).content.decode()
    assert "are settings of the machine" in page and "Open “How you log in”" not in page


def test_only_who_publishes_sees_what_concerns_the_machine(desk, tmp_path, client):
    tmp_path.chmod(0o755)
    root = get_user_model().objects.create_superuser("root")
    for user in (bob(), root, staff_with("publish_claim")):
        assert list(desk(user)) == NAMES and str(tmp_path) in desk(user)["Files"]
    for user in (alice(), staff_with("view_claim", "change_page", name="erin")):
        assert desk(user) == {}
        page = client.get(DESK).content.decode()
        assert "Before you go live" not in page and str(tmp_path) not in page and "PORTAL_" not in page


@pytest.mark.parametrize(
    ("hosts", "https", "proxies", "level", "words"),
    [
        (["example.org"], True, "1", "ok", "as they should be"),
        (["example.org"], True, "0", "ok", "as they should be"),
        (["example.org"], True, "", "WRONG", "Set PORTAL_PROXIES to the number of proxies"),
        (["example.org"], False, "", "WRONG", "Set PORTAL_HTTPS=1"),
        (["localhost"], False, "", "note", "on this machine only"),
    ],
)
def test_https_and_proxies_have_to_fit(
    settings, monkeypatch, before_going_live, hosts, https, proxies, level, words
):
    settings.ALLOWED_HOSTS, settings.PORTAL_HTTPS = [*hosts, *settings.ALLOWED_HOSTS[1:]], https
    if hosts == ["localhost"]:
        monkeypatch.setattr("portal.operations.going_live.LOOPBACK_HOSTS", {"localhost", "testserver"})
    monkeypatch.setenv("PORTAL_PROXIES", proxies)
    found, sentence = before_going_live("Settings")
    assert found == level and words in sentence


@pytest.mark.parametrize(
    ("count", "several", "level", "words"),
    [
        (0, False, "ok", "as the organisations on record are"),
        (0, True, "ok", "as the organisations on record are"),
        (1, False, "ok", "as the organisations on record are"),
        (1, True, "note", "the site says “they”, and one organisation has a profile"),
        (2, True, "ok", "as the organisations on record are"),
        (2, False, "note", "the site says “we”, and 2 organisations have a profile"),
    ],
)
def test_who_speaks_has_to_fit_how_many_organisations_there_are(
    before_going_live, count, several, level, words
):
    Organisation.objects.update(profiled=False)
    for number in range(count):
        an_organisation(f"Pier {number}", profiled=True)
    set_up_site(several_organisations=several)
    found, sentence = before_going_live("Who speaks")
    assert found == level and words in sentence


def test_an_address_to_write_to_is_asked_for(before_going_live):
    set_up_site(email="")
    assert before_going_live("Contact") == (
        "note",
        "readers find no address to write to. Write one in the settings of the site.",
    )
    set_up_site(email="office@example.org")
    assert before_going_live("Contact")[0] == "ok"


def test_whoever_may_publish_needs_a_second_factor_and_nobody_else(before_going_live, settings):
    assert before_going_live("Second factor") == ("ok", "every account that may publish has one.")
    people = [staff_with("publish_page", name="dora"), staff_with("accept_proposal", name="erin")]
    root = get_user_model().objects.create_superuser("root")
    level, sentence = before_going_live("Second factor")
    assert level == "WRONG" and sentence.startswith("3 accounts that may publish have none.")
    for user in people:
        with_app(user)
    assert before_going_live("Second factor")[1].startswith("1 account that may publish has none.")
    root.is_active = False
    root.save()
    assert before_going_live("Second factor")[0] == "ok"
    settings.PORTAL_PASSWORD_ONLY = True
    assert before_going_live("Second factor")[1].endswith("(PORTAL_PASSWORD_ONLY=1). Leave it out.")


@pytest.mark.parametrize(("is_public", "level"), [(True, "wrong"), (False, "note")])
def test_a_site_on_which_nobody_may_publish_is_told_so(settings, is_public, level):
    get_user_model().objects.update(is_active=False)
    local = set() if is_public else set(settings.ALLOWED_HOSTS)
    with patch("portal.operations.going_live.LOOPBACK_HOSTS", local):
        finding = check_second_factors()
    assert finding.level == level and "no account may publish. Make one" in finding.message
    with_app(bob())
    get_user_model().objects.filter(pk=bob().pk).update(is_active=True)
    assert check_second_factors().level == "ok"


def test_on_this_machine_alone_a_missing_second_factor_is_a_note(settings, before_going_live):
    staff_with("publish_page")
    with patch("portal.operations.going_live.LOOPBACK_HOSTS", set(settings.ALLOWED_HOSTS)):
        assert before_going_live("Second factor")[0] == "note"


def test_the_last_backup_is_read_whole(before_going_live, tmp_path):
    assert "Run manage.py backup DIR each day" in before_going_live("Backup")[1]
    backup = Backup.make(tmp_path / "backups", EmptyDatabase())
    assert before_going_live("Backup") == ("ok", "the last one is 0 hours old, and whole.")
    (backup.folder / "database.sqlite3").write_text("everythinG")
    level, sentence = before_going_live("Backup")
    assert level == "WRONG" and "is not what was saved" in sentence


def test_what_others_can_read_is_named_with_the_command_that_closes_it(before_going_live, tmp_path):
    backup = Backup.make(tmp_path / "the backups", EmptyDatabase())
    assert before_going_live("Files")[0] == "ok"
    tmp_path.chmod(0o755)
    (backup.folder / "database.sqlite3").chmod(0o644)
    assert before_going_live("Files")[1].endswith(f"Run chmod go-rw {tmp_path}.")
    backup.folder.chmod(0o711)
    level, sentence = before_going_live("Files")
    file = backup.folder / "database.sqlite3"
    assert level == "WRONG" and sentence.endswith(f"Run chmod go-rw {tmp_path} '{file}'.")
    for path in (tmp_path, file):
        path.chmod(path.stat().st_mode & ~0o066)
    assert before_going_live("Files")[0] == "ok"


def test_each_legal_page_has_words_of_its_own_and_is_open_to_visitors(before_going_live):
    for page in [
        content for template in LEGAL_TEMPLATES for content in PageContent.objects.filter(template=template)
    ]:
        version_of(page).unpublish(bob())
    missing = ["Privacy statement", "Legal notice", "Accessibility statement"]
    assert (
        ": Privacy statement, Legal notice, Accessibility statement. " in before_going_live("Legal pages")[1]
    )
    for number, template in enumerate(LEGAL_TEMPLATES):
        page = a_legal_page(template, "<p> </p>", ("ContactPlugin", {"heading": "Questions"}))
        assert missing[number] in before_going_live("Legal pages")[1]
        version_of(page).unpublish(bob())
        page = a_legal_page(template)
        assert missing[number] not in before_going_live("Legal pages")[1]
    assert before_going_live("Legal pages")[0] == "ok"
    page.page.login_required = True
    page.page.save()
    level, sentence = before_going_live("Legal pages")
    assert level == "note" and f": {missing[-1]}. " in sentence and missing[0] not in sentence


@pytest.fixture
def asked(monkeypatch):
    """The addresses that were asked."""
    addresses = []
    monkeypatch.setattr(address_check, "ask", addresses.append)
    return addresses


def tick_after(age, since):
    with patch("django.utils.timezone.now", return_value=since + age):
        call_command("tick")


def test_the_desk_asks_nobody_and_says_when_the_last_look_was(desk, asked, monkeypatch):
    now = timezone.now()
    tick_after(timedelta(), since=now)

    def refuse(*_arguments):
        raise AssertionError("the desk waits for something that takes long")

    monkeypatch.setattr(Backup, "verify", refuse)
    monkeypatch.setattr("portal.operations.going_live.standing_records", refuse)
    rows = desk(bob())
    assert asked == ["https://example.org"]
    shown = [
        name for name, row in rows.items() if f"Last look: {now:%-d %B %Y, %H:%M}" in " ".join(row.split())
    ]
    assert shown == ["Public address", "Backup", "Demonstration"]
    assert "the site answers at https://example.org." in rows["Public address"]


@pytest.mark.parametrize(
    ("age", "looks"), [(timedelta(minutes=60, seconds=-1), 1), (timedelta(minutes=60), 2)]
)
def test_what_takes_long_is_looked_at_once_an_hour(asked, age, looks):
    now = timezone.now()
    tick_after(timedelta(), since=now)
    tick_after(age, since=now)
    assert len(asked) == looks


@pytest.mark.parametrize(
    ("age", "is_shown"), [(timedelta(days=1), True), (timedelta(days=1, seconds=1), False)]
)
def test_a_look_counts_for_a_day(desk, asked, age, is_shown):
    now = timezone.now()
    tick_after(timedelta(), since=now)
    with patch("portal.operations.slow_check.timezone.now", return_value=now + age):
        row = desk(bob())["Public address"]
    assert ("the site answers at" in row) is is_shown
    assert ("not looked at yet. Run manage.py tick each minute, by a timer." in row) is not is_shown


def test_a_look_at_another_address_or_other_proxies_counts_for_nothing(desk, asked, settings):
    call_command("tick")
    settings.PORTAL_PROXIES = 2
    assert "not looked at yet" in desk(bob())["Public address"]
    call_command("tick")
    assert "the site answers" in desk(bob())["Public address"] and len(asked) == 2
    settings.ALLOWED_HOSTS = ["example.com", "testserver"]
    assert "not looked at yet" in desk(bob())["Public address"]


def test_a_new_backup_is_read_by_the_next_tick(desk, tmp_path):
    call_command("tick")
    Backup.make(tmp_path / "backups", EmptyDatabase())
    call_command("tick")
    assert "0 hours old, and whole" in desk(bob())["Backup"]


@pytest.mark.parametrize("kept", ["", "{", "[]", "null", '{"at": "yesterday", "basis": "", "facts": {}}'])
def test_what_was_kept_and_cannot_be_read_is_looked_at_again(desk, settings, kept):
    (settings.VAR_DIR / "last-backup.json").write_text(kept)
    assert "not looked at yet" in desk(bob())["Backup"]
    call_command("tick")
    assert "none was made from here" in desk(bob())["Backup"]


def test_a_full_disk_keeps_the_doctor_from_nothing():
    def refuse(*_arguments):
        raise OSError("No space left on device")

    with patch("portal.operations.slow_check.os.replace", refuse):
        assert BACKUP().message.endswith("by a timer.")


def test_what_is_kept_is_its_owners_alone(settings):
    call_command("tick")
    modes = {path.name: path.stat().st_mode & 0o777 for path in settings.VAR_DIR.glob("*.json")}
    assert modes == {f"last-{name}.json": 0o600 for name in ("public-address", "backup", "demonstration")}
