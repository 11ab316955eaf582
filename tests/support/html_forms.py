"""Fills in the forms of a page as a person would: what it shows, and something in all that it asks for."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.apps import apps

from .people import PASSWORD

BUTTONS = ("submit", "image")
SAME_BUTTONS = {
    "_addanother",
    "_continue",
    "_saveasnew",
    "_popup",
    "_cancel",
}  # do as “_save” does, or nothing
# By the end of their names.
PASSWORDS = {"oldpassword": PASSWORD, "password": PASSWORD, "password1": PASSWORD[::-1]}
PASSWORDS["password2"] = PASSWORDS["password1"]
# The words of a passage, and what is chosen from a list, must be what they are.
FIXED = re.compile(r"(words|slug|unit|username|domain|published|as_of|date|_path|json|_\d)$|password")


@dataclass
class Field:
    """A field with its value as it stands on the page; None if it is sent only when it is ticked."""

    name: str
    kind: str
    attributes: dict
    value: str | None = ""
    options: list = field(default_factory=list)

    @property
    def is_words(self):
        return self.kind in ("text", "textarea") and not FIXED.search(self.name)

    def filled_in(self):
        """Returns the value, or one that the form accepts where it asks for one."""
        last_part = re.split("[-_]", self.name)[-1]
        if last_part in PASSWORDS and self.kind == "password":
            return PASSWORDS[last_part]
        if self.value or "required" not in self.attributes:
            return self.value
        if self.kind == "select":
            return next((option for option in self.options if option), self.first_record())
        if self.kind in ("checkbox", "radio"):
            return self.attributes.get("value", "on")
        if re.search("slug|username|domain", self.name):
            return "words-of-a-test"
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        by_kind = {"number": "1", "url": "https://www.example.org/", "date": f"{tomorrow:%Y-%m-%d}"}
        by_kind["datetime-local"] = f"{tomorrow:%Y-%m-%dT%H:%M}"
        return by_kind.get(self.kind, "Words of a test")

    def first_record(self):
        """Returns the key of a record that can be chosen in a field whose choices are searched for."""
        names = [self.attributes.get(f"data-{part}") for part in ("app-label", "model-name", "field-name")]
        if None in names:
            return ""
        related = apps.get_model(*names[:2])._meta.get_field(names[2]).related_model
        return str(related._base_manager.order_by("pk").values_list("pk", flat=True).first() or "")


@dataclass
class Form:
    action: str
    method: str
    fields: list = field(default_factory=list)
    buttons: list = field(default_factory=list)

    def posts(self, **changes):
        """Returns the data that each button sends, with the first words of the form changed."""
        data = {}
        for each in self.fields:
            is_sent = "__prefix__" not in each.name and each.name != "csrfmiddlewaretoken"
            if not is_sent or (value := each.filled_in()) is None:
                continue
            data[each.name] = [*data[each.name], value] if isinstance(data.get(each.name), list) else value
            if each.kind == "multiple":
                data[each.name] = [option for option, chosen in each.options if chosen]
        words = [each.name for each in self.fields if each.is_words and data.get(each.name)]
        if words:
            data[words[0]] += " of late"
        buttons = [each for each in self.buttons if each and each[0] not in SAME_BUTTONS]
        return [data | dict([button]) | changes for button in buttons] or [data | changes]


class FormReader(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.forms, self.form, self.open_field = [], None, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        name, kind = attributes.get("name"), attributes.get("type", "text")
        if tag == "form":
            self.form = Form(attributes.get("action") or "", attributes.get("method", "get").lower())
            self.forms.append(self.form)
        elif not self.form or "disabled" in attributes:
            return
        elif tag == "button" and attributes.get("type", "submit") == "submit" or kind in BUTTONS:
            self.form.buttons.append((name, attributes.get("value", "")) if name else None)
        elif tag == "option" and self.open_field and self.open_field.kind in ("select", "multiple"):
            self.add_option(attributes)
        elif tag in ("textarea", "select") and name:
            kind = "multiple" if "multiple" in attributes else tag
            self.open_field = Field(name, kind, attributes)
            self.form.fields.append(self.open_field)
        elif tag == "input" and name and kind not in ("file", "button", "reset"):
            self.add_input(name, kind, attributes)

    def add_option(self, attributes):
        value, select = attributes.get("value", ""), self.open_field
        if select.kind == "multiple":
            select.options.append((value, "selected" in attributes))
            return
        if "selected" in attributes or not select.options:
            select.value = value
        select.options.append(value)

    def add_input(self, name, kind, attributes):
        value = attributes.get("value", "")
        if kind in ("checkbox", "radio"):
            value = attributes.get("value", "on") if "checked" in attributes else None
        self.form.fields.append(Field(name, kind, attributes, value))

    def handle_data(self, data):
        if self.open_field and self.open_field.kind == "textarea":
            self.open_field.value += data

    def handle_endtag(self, tag):
        if tag in ("textarea", "select") and self.open_field:
            if tag == "textarea":  # HTML drops a line break right behind the tag
                self.open_field.value = self.open_field.value.removeprefix("\r").removeprefix("\n")
            self.open_field = None
        elif tag == "form":
            self.form = None


def forms_to(response, address):
    """Returns the forms of a page that are sent with POST to an address."""
    if response.status_code != 200 or "html" not in response.get("Content-Type", ""):
        return []
    path = urlsplit(address).path
    forms = FormReader(response.content.decode()).forms
    return [
        form
        for form in forms
        if form.method == "post" and urlsplit(urljoin(address, form.action)).path == path
    ]
