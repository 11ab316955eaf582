"""The address of the start opens once, for one browser, within a day, until somebody has an account."""

import stat
import time
from unittest.mock import patch

import pytest
from django.test import Client

from portal.accounts.start.progress import LIFETIME, Progress, path
from tests.support.people import alice, bob, staff_with

from .steps import START, TWO_PEOPLE, WHO, open_start, send, told

pytestmark = pytest.mark.django_db


def test_without_a_start_its_addresses_are_not_there(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    for address in (START, f"{START}who/", f"{START}colours/", f"{START}open/anything/"):
        assert client.get(address).status_code == 404


def test_whoever_opens_the_address_first_goes_on_and_may_open_it_again(client, nobody):
    token = Progress().new_token()
    for _time in range(2):
        assert open_start(client, token).url == START
    assert "Each step can be left and taken up again" in told(client.get(START))


def test_nobody_else_opens_what_is_opened(client, nobody):
    token = Progress().new_token()
    open_start(client, token)
    other = Client()
    answer = open_start(other, token)
    assert answer.status_code == 403 and "somebody has opened it before you" in told(answer)
    assert "the terminal then shows a new address" in told(answer)
    for address in (START, f"{START}who/"):
        answer = other.get(address)
        assert answer.status_code == 403 and "belongs to whoever opened its address first" in told(answer)
    assert other.get(f"{START}colours/").status_code == 403
    assert send(other, "who", **WHO).status_code == 403


def test_a_mistyped_address_opens_nothing(client, nobody):
    token = Progress().new_token()
    answer = open_start(client, token[:-1] + ("a" if token[-1] != "a" else "b"))
    assert answer.status_code == 403 and "mistyped" in told(answer)
    assert open_start(client, token).url == START


@pytest.mark.parametrize(("seconds", "is_opened"), [(LIFETIME - 1, True), (LIFETIME, False)])
def test_the_address_is_good_for_a_day(client, nobody, seconds, is_opened):
    now = time.time()
    with patch("time.time", return_value=now):
        token = Progress().new_token()
    with patch("portal.accounts.start.progress.time.time", return_value=now + seconds):
        answer = open_start(client, token)
    if is_opened:
        assert answer.url == START
    else:
        assert answer.status_code == 403 and "good for a day, and that is over" in told(answer)


def test_a_new_address_shuts_out_the_former_one_and_who_opened_it(client, nobody):
    token = Progress().new_token()
    open_start(client, token)
    new = Progress.read().new_token()
    assert client.get(START).status_code == 403
    assert open_start(client, token).status_code == 403
    assert open_start(client, new).url == START


def test_neither_the_address_nor_what_the_browser_keeps_stands_in_the_file(client, nobody):
    token = Progress().new_token()
    assert token not in path().read_text()
    open_start(client, token)
    assert client.session["start"] not in path().read_text()
    assert stat.S_IMODE(path().stat().st_mode) == 0o600


def test_it_ends_when_the_first_people_exist(client, begun):
    token = Progress.read().new_token()
    open_start(client, token)
    send(client, "who", **WHO)
    send(client, "people", **TWO_PEOPLE)
    unopened = Progress.read().new_token()
    for address in (token, unopened):
        answer = open_start(Client(), address)
        assert answer.status_code == 403 and "this address has ended" in told(answer)
    assert Client().get(START).url == f"/accounts/login/?next={START}"


def test_once_there_are_people_it_is_for_who_may_publish(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    Progress().write()
    for user, status in ((alice(), 403), (staff_with(), 403), (bob(), 200)):
        client.force_login(user)
        assert client.get(START).status_code == status
