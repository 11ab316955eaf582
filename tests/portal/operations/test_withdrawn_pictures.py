"""A backup of before a withdrawal is restored, here or elsewhere, and the picture stays withdrawn."""

import os
import shutil
from datetime import UTC, datetime

import pytest

from organisation.models import Picture
from portal.operations.backup.backup import LAST_BACKUP, NUMBER_OF_BACKUPS, backups_holding, prune
from portal.operations.static_copy.page import Page
from tests.support.pictures import a_picture

pytestmark = pytest.mark.django_db

BRING_IN = """
from tests.support.pictures import a_picture
print(a_picture("adults").address(320, "jpg"))
"""
WITHDRAW = """
from django.contrib.auth import get_user_model
from organisation.models import Consent
from organisation.pictures.withdrawal import withdraw
withdraw(Consent.objects.get(), get_user_model().objects.get(username="publisher"), "She called.")
"""
ASK = """
from django.test import Client
from organisation.models import StoredFile
print(Client(headers={"host": "localhost"}).get("%s").status_code, StoredFile.objects.count())
"""


def test_a_restored_backup_does_not_bring_back_what_was_withdrawn_since(own_site, tmp_path):
    def shell(code):
        return own_site.manage("shell", "--verbosity=0", "-c", code).splitlines()[-1:]

    (address,) = shell(BRING_IN)
    own_site.manage("backup", str(tmp_path))
    assert shell(ASK % address) == ["200 1"]
    shell(WITHDRAW)
    assert shell(ASK % address) == ["410 0"]
    own_site.manage("restore", str(tmp_path), "--replace")
    assert shell(ASK % address) == ["410 0"]
    # On another machine nothing is there but the folder of the backups.
    own_site.manage("backup", str(tmp_path))
    (own_site.folder / "withdrawn-pictures").unlink()
    first, *_later = sorted(tmp_path.glob("margin-*"))
    own_site.execute("DELETE FROM organisation_picturewithdrawal")
    own_site.manage("restore", str(first), "--replace")
    assert shell(ASK % address) == ["410 0"]


def test_a_receipt_names_the_backups_that_hold_a_picture_and_the_day_on_which_the_last_goes(
    settings, tmp_path
):
    settings.VAR_DIR = tmp_path
    picture = Picture(added_at=a_picture().added_at)
    assert backups_holding(picture) == ([], None)
    for name in ("margin-20200101T030000Z", "margin-29990101T030000Z", "margin-29990103T030000Z"):
        (tmp_path / "backups" / name).mkdir(parents=True)
    shutil.rmtree(tmp_path / "backups" / "margin-20200101T030000Z")
    (tmp_path / LAST_BACKUP).write_text(f"{tmp_path / 'backups' / 'margin-29990103T030000Z'}\n")
    both = ["margin-29990101T030000Z", "margin-29990103T030000Z"]
    assert backups_holding(picture) == (both, None)  # nobody deletes any
    prune(tmp_path / "backups", 2)
    names, gone_on = backups_holding(picture)
    # Two are kept, one every second day: four days after the last, both have gone.
    assert (names, f"{gone_on}") == (both, "2999-01-07")
    # Of fourteen that are kept, two are there by now: the last goes after all others have come.
    (tmp_path / NUMBER_OF_BACKUPS).write_text("14\n")
    assert f"{backups_holding(picture)[1]}" == "2999-01-31"


def test_a_picture_that_came_in_while_a_backup_was_made_may_be_in_it(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    folder = tmp_path / "backups" / "margin-20260101T030000Z"
    folder.mkdir(parents=True)
    (tmp_path / LAST_BACKUP).write_text(f"{folder}\n")
    begun = datetime(2026, 1, 1, 3, tzinfo=UTC).timestamp()
    os.utime(folder, (begun + 60, begun + 60))
    for seconds, names in ((59, [folder.name]), (61, [])):
        picture = Picture(added_at=datetime.fromtimestamp(begun + seconds, UTC))
        assert backups_holding(picture)[0] == names


def test_a_copy_has_each_width_of_a_picture_that_it_holds_and_no_address_of_another():
    sources = "/pictures/a/320.webp 320w, /pictures/a/640.webp 640w"
    html = f'<source srcset="{sources}"><img src="/pictures/a/320.jpg">'
    page = Page("/about/", html, "http://testserver")
    paths = {f"/pictures/a/{name}" for name in ("320.webp", "640.webp", "320.jpg")}
    assert set(page.linked_paths()) == paths
    rewritten = page.rewritten({"/pictures/a/320.webp", "/pictures/a/320.jpg"}, lambda path: f"..{path}")
    assert 'srcset="../pictures/a/320.webp 320w"' in rewritten and "640" not in rewritten
    assert (
        Page("/about/", '<source srcset="/pictures/a/9.webp 9w">', "http://testserver").rewritten(set(), str)
        == ""
    )
