"""A member of staff at a browser, over HTTP: reads a page, fills in its form, sends it."""

import http.client
import re
from urllib.parse import urlencode, urlsplit

import html5rdf

NO_ANSWER = (OSError, http.client.HTTPException)


class StaffBrowser:
    """The browser of a publisher of this name, who is logged in; the account is made unless it is there."""

    def __init__(self, name):
        from django.conf import settings
        from django.contrib.auth import get_user_model
        from django.contrib.auth.models import Group
        from django.test import Client

        user, _created = get_user_model().objects.get_or_create(username=name, is_staff=True)
        user.groups.add(Group.objects.get(name="publisher"))
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        self.cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}

    def request(self, method, url, form=None):
        """Returns status and text of the answer; raises one of NO_ANSWER if the server goes away."""
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
        for header, value in answer.getheaders():
            if header.lower() == "set-cookie":
                cookie, _equals, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content
        return answer.status, text

    def change_pages(self, url, form):
        """Sends a change of pages, and confirms it where the site asks first; returns the last status."""
        status, text = self.request("POST", url, form)
        asked = re.search(r'name="confirmed" value="(\w+)"', text)
        return self.request("POST", url, form | {"confirmed": asked[1]})[0] if asked else status

    def fill_in(self, url, button, **changes):
        """Opens a page, changes fields of the form that has this button, and sends it.

        The site has acknowledged it when this returns.
        """
        status, text = self.request("GET", url)
        assert status == 200, f"{url} answers {status}"
        form = form_with(text, button)
        status, text = self.request("POST", url, form | changes | dict([button]))
        assert status == 302, f"{url} answers {status} to what was sent"


def form_with(text, button):
    """Returns {name: value} of the form with a button of this name and value, as a browser would send it."""
    document = html5rdf.parse(text, namespaceHTMLElements=False)
    for form in document.iter("form"):
        if any(
            (element.tag, element.get("name")) == ("input", button[0])
            or (element.get("name"), element.get("value")) == button
            for element in form.iter()
        ):
            return dict(form_values(form))
    raise AssertionError(f"no form has the button {button}")


def form_values(form):
    for field in form.iter():
        name, kind = field.get("name"), field.get("type", "")
        if not name or kind in ("submit", "button", "file"):
            continue
        if field.tag == "textarea":
            yield name, (field.text or "").removeprefix("\n")
        elif field.tag == "select":
            options = list(field.iter("option"))
            # A browser sends the first option where none is marked.
            selected = [option for option in options if option.get("selected") is not None] or options[:1]
            yield from ((name, option.get("value", "")) for option in selected)
        elif kind == "checkbox" and name.startswith("publish-"):
            yield name, "on"  # a warning that has been read
        elif field.tag == "input" and (kind not in ("checkbox", "radio") or field.get("checked") is not None):
            yield name, field.get("value", "on" if kind in ("checkbox", "radio") else "")
