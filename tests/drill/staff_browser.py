"""A member of staff at a browser, over HTTP: reads a page, fills in its form, sends it."""

import http.client
from urllib.parse import urlencode, urlsplit

import html5rdf

NO_ANSWER = (OSError, http.client.HTTPException)


class Staff:
    def __init__(self, name):
        from django.conf import settings
        from django.contrib.auth import get_user_model
        from django.contrib.auth.models import Group
        from django.test import Client

        user, _made = get_user_model().objects.get_or_create(username=name, is_staff=True)
        user.groups.add(Group.objects.get(name="publisher"))
        door = Client(headers={"host": "localhost"})
        door.force_login(user)
        self.cookies = {settings.SESSION_COOKIE_NAME: door.cookies[settings.SESSION_COOKIE_NAME].value}

    def ask(self, method, url, form=None):
        """Status, headers and text of one answer; one of NO_ANSWER if the server goes away meanwhile."""
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
        try:
            headers = {
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                "Referer": url,
            }
            if form is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request(method, parts.path, urlencode(form) if form is not None else None, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _equals, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content
        return answer.status, text

    def fill_in(self, url, button, **changes):
        """Open a page, change fields of the form that has this button, and send it: the site has taken it when this returns."""
        status, text = self.ask("GET", url)
        assert status == 200, f"{url} answers {status}"
        form = form_with(text, button)
        status, text = self.ask("POST", url, form | changes | dict([button]))
        assert status == 302, f"{url} answers {status} to what was sent"


def form_with(text, button):
    """{name: value} of the form with a button of that name and value, as a browser would send it."""
    document = html5rdf.parse(text, namespaceHTMLElements=False)
    for form in document.iter("form"):
        if any(
            (each.tag, each.get("name")) == ("input", button[0])
            or (each.get("name"), each.get("value")) == button
            for each in form.iter()
        ):
            return dict(values(form))
    raise AssertionError(f"no form has the button {button}")


def values(form):
    for field in form.iter():
        name, kind = field.get("name"), field.get("type", "")
        if not name or kind in ("submit", "button", "file"):
            continue
        if field.tag == "textarea":
            yield name, (field.text or "").removeprefix("\n")
        elif field.tag == "select":
            chosen = [each for each in field.iter("option") if each.get("selected") is not None] or list(
                field.iter("option")
            )[:1]
            yield from ((name, each.get("value", "")) for each in chosen)
        elif kind == "checkbox" and name.startswith("publish-"):
            yield name, "on"  # a warning that has been read
        elif field.tag == "input" and (kind not in ("checkbox", "radio") or field.get("checked") is not None):
            yield name, field.get("value", "on" if kind in ("checkbox", "radio") else "")
