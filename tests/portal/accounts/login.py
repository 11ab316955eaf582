"""The login as tests send it."""

from tests.support.people import PASSWORD

LOGIN, DESK = "/accounts/login/", "/admin/"
WRONG_PASSWORD = "not the password at all"
TOO_MANY = "Too many failed login attempts. Try again later."


def log_in(client, account="editor", password=PASSWORD, **options):
    return client.post(LOGIN, {"login": account, "password": password}, **options)


def is_logged_in(client):
    return client.get(DESK).status_code == 200
