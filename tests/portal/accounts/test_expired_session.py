"""The form of an expired session comes back to its sender; what other sites send, and passwords, do not."""

import html5rdf
import pytest
from django.test import Client

from tests.support.factory import a_statement
from tests.support.forms import filled_in
from tests.support.people import alice, bob
from tests.support.proposals import decide

pytestmark = pytest.mark.django_db

SAME_ORIGIN, OTHER_ORIGIN = {"origin": "http://testserver"}, {"origin": "http://testserver.example"}


@pytest.fixture
def statement():
    return a_statement(owner=alice())


def address_of(statement):
    return f"/admin/organisation/statement/{statement.pk}/change/"


def form_of_expired_session(client, statement):
    """Returns Alice's form as she filled it in before her session expired."""
    client.force_login(alice())
    form = filled_in(client.get(address_of(statement)), text="Words of the evening.")
    client.session.flush()
    client.cookies.clear()
    return form


def fields_to_resend(response):
    """Returns the fields of the form that a response offers to resend, as a browser would send them."""
    page = html5rdf.parse(response.content.decode(), namespaceHTMLElements=False)
    [form] = [form for form in page.iter("form") if form.find("textarea") is not None]
    return {field.get("name"): (field.text or "") for field in form.iter("textarea")}


def test_a_form_of_an_expired_session_comes_back_whole_and_can_be_sent_after_a_login(client, statement):
    form = form_of_expired_session(client, statement)
    answer = client.post(address_of(statement), form, headers=SAME_ORIGIN)
    assert (answer.status_code, answer["Cache-Control"]) == (403, "private, no-store")
    assert fields_to_resend(answer) == {name: str(value) for name, value in form.items()}
    client.force_login(alice())
    assert (
        client.post(address_of(statement), fields_to_resend(answer), headers=SAME_ORIGIN).status_code == 302
    )
    decide(bob())
    statement.refresh_from_db()
    assert statement.text == "Words of the evening."


@pytest.mark.parametrize("headers", [OTHER_ORIGIN, {"origin": "null"}, {"origin": "http://["}, {}])
def test_what_another_site_sends_does_not_come_back(client, statement, headers):
    form = form_of_expired_session(client, statement)
    answer = client.post(address_of(statement), form, headers=headers)
    assert answer.status_code == 302 and answer["Location"].startswith("/admin/login/")
    csrf_client = Client(enforce_csrf_checks=True)
    csrf_client.force_login(alice())
    answer = csrf_client.post(address_of(statement), form, headers=headers)
    assert answer.status_code == 403 and "Words of the evening." not in answer.content.decode()


def test_a_password_does_not_come_back(client):
    form = {"username": "dora", "password1": "correct horse battery", "password2": "correct horse battery"}
    answer = client.post("/admin/auth/user/add/", form, headers=SAME_ORIGIN)
    assert answer.status_code == 302 and "correct horse" not in answer.content.decode()


def test_a_form_of_another_session_is_sent_again_with_the_token_of_this_one(statement):
    csrf_client = Client(enforce_csrf_checks=True)
    csrf_client.force_login(alice())
    form = filled_in(
        csrf_client.get(address_of(statement)), text="Words of the evening.", csrfmiddlewaretoken="x" * 64
    )
    answer = csrf_client.post(address_of(statement), form, headers=SAME_ORIGIN)
    assert answer.status_code == 403 and "Send it again" in answer.content.decode()
    token = answer.context["form_to_resend"]["token"]
    assert (
        csrf_client.post(
            address_of(statement),
            fields_to_resend(answer) | {"csrfmiddlewaretoken": token},
            headers=SAME_ORIGIN,
        ).status_code
        == 302
    )


def test_a_script_of_the_cms_is_answered_in_a_sentence(client, statement):
    form = form_of_expired_session(client, statement)
    answer = client.post(
        address_of(statement), form, headers=SAME_ORIGIN | {"x-requested-with": "XMLHttpRequest"}
    )
    assert (answer.status_code, answer["Content-Type"]) == (403, "text/plain; charset=utf-8")
    assert (
        answer.content.decode()
        == "Nothing was done, for you are logged out or have logged in anew: load this page again."
    )


@pytest.mark.parametrize(
    "path", ["/accounts/2fa/authenticate/", "/accounts/logout/", "/admin/logout/", "/search/"]
)
def test_a_code_and_a_form_that_nobody_writes_do_not_come_back(path):
    csrf_client = Client(enforce_csrf_checks=True)
    csrf_client.force_login(alice())
    answer = csrf_client.post(path, {"code": "123456", "next": "/"}, headers=SAME_ORIGIN)
    assert answer.status_code == 403 and "123456" not in answer.content.decode()


def test_a_file_that_was_chosen_is_named(client):
    with open(__file__, "rb") as file:
        answer = client.post(
            "/admin/organisation/source/document/", {"title": "Minutes", "file": file}, headers=SAME_ORIGIN
        )
    assert "The file “test_expired_session.py” cannot be kept" in answer.content.decode()


@pytest.mark.parametrize("name", ["password", "old_password", "password1", "new_password2"])
def test_no_form_with_a_password_comes_back(client, name):
    answer = client.post("/admin/auth/user/add/", {"username": "dora", name: "hush"}, headers=SAME_ORIGIN)
    assert answer.status_code == 302


def test_what_comes_back_has_every_value_in_its_order_and_the_whole_address(client):
    data = {"tick": ["b", "a", "c"], "csrfmiddlewaretoken": "x" * 64, "note": " kept "}
    answer = client.post("/admin/impact/claim/add/?theme=training&a=1", data, headers=SAME_ORIGIN)
    form = answer.context["form_to_resend"]
    assert form["fields"] == [("tick", "b"), ("tick", "a"), ("tick", "c"), ("note", " kept ")]
    assert (form["address"], form["files"]) == ("/admin/impact/claim/add/?theme=training&a=1", [])
    assert form["token"] != "x" * 64


@pytest.mark.parametrize(
    ("method", "path", "data"),
    [
        ("post", "/admin/impact/claim/add/", {}),
        ("post", "/admin/impact/claim/add/", {"csrfmiddlewaretoken": "x" * 64}),
        ("post", "/admin/login/", {"note": "zugzwang"}),
        ("post", "/admin/logout/", {"note": "zugzwang"}),
        ("get", "/admin/impact/claim/add/", {"note": "zugzwang"}),
        ("put", "/admin/impact/claim/add/", {"note": "zugzwang"}),
    ],
)
def test_what_nobody_wrote_does_not_come_back(client, method, path, data):
    answer = getattr(client, method)(path, data, headers=SAME_ORIGIN)
    assert answer.status_code == 302 and answer.context is None


def test_a_form_of_https_comes_back_to_https_alone(client):
    data = {"note": "zugzwang"}
    for origin, status in (("https://testserver", 403), ("http://testserver", 302)):
        answer = client.post("/admin/impact/claim/add/", data, headers={"origin": origin}, secure=True)
        assert answer.status_code == status, origin


def test_a_text_that_is_edited_in_its_page_is_answered_as_its_editor_shows_it(client, statement):
    form = form_of_expired_session(client, statement)
    answer = client.post(address_of(statement), form, headers=SAME_ORIGIN | {"sec-fetch-dest": "empty"})
    assert answer.status_code == 403
    sentence = "Nothing was done, for you are logged out or have logged in anew: load this page again."
    assert f'<div class="description">{sentence}</div>' in answer.content.decode()
