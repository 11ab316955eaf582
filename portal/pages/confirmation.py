"""Asks before a change of pages that visitors would notice, and names what leads there.

The change is tried, compared and rolled back. The form that was sent comes back on a page that says what
it changes, with the checksum of that as `confirmed`; if something else would change then, it asks again.
"""

import hashlib
import re
from dataclasses import dataclass

from cms.models import Page, PageContent
from cms.plugin_pool import plugin_pool
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.contrib.redirects.models import Redirect
from django.db.models import Q
from django.http import HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from djangocms_text.models import Text

from organisation.models import Organisation

from .addresses import public_addresses

SHOWN = 10  # rows of each list; the others are counted
LINK = re.compile(r'data-cms-href="cms\.page:(\d{1,18})"|\shref="(/[^"#?]*)')
SETTINGS = ("login_required", "reverse_id", "application_urls", "navigation_extenders")
# Its script reads the status in the answer, which is itself always 200.
MOVE = "cms_page_move_page"


def settings_of_pages():
    """Returns {page: its settings} of what visitors can read."""
    pages = Page.objects.filter(pk__in=PageContent.objects.values("page")).values("pk", *SETTINGS)
    return {page.pop("pk"): page for page in list(pages)}


class PublicChange:
    """What differs from before of published pages for visitors; false if nothing does.

    `moved` is {(page, language): (old address, new address or "")}. The settings, and the pages to which
    others lead for their blocks, are as they were before and as they are.
    """

    def __init__(self, moved, old_settings, new_settings, old_block_pages, new_block_pages):
        self.moved = moved
        self.led = {
            key: (old, new_block_pages[key])
            for key, old in old_block_pages.items()
            if key in new_block_pages and new_block_pages[key].page != old.page
        }
        self.settings = {
            (page, name): new_settings[page][name]
            for page, old in old_settings.items()
            if page in new_settings
            for name in SETTINGS
            if (old[name] or "") != (new_settings[page][name] or "")
        }

    def __bool__(self):
        return bool(self.moved or self.settings or self.led)

    @property
    def checksum(self):
        led = sorted((key, old.page, new.page) for key, (old, new) in self.led.items())
        seen = repr((sorted(self.moved.items()), sorted(self.settings), led))
        return hashlib.sha256(seen.encode()).hexdigest()

    @property
    def pages(self):
        return {page for page, _language in self.moved} | {page for page, _name in self.settings}

    def rows(self):
        """Returns (title, old address, new address or "") of each page, in the order of the old addresses."""
        titles = {
            (page, language): title
            for page, language, title in PageContent.objects.filter(page__in=self.pages).values_list(
                "page", "language", "title"
            )
        }
        rows = [(titles.get(key, ""), old, new) for key, (old, new) in self.moved.items()]
        return sorted(rows, key=lambda row: row[1])

    def links_led_elsewhere(self):
        """Returns where the links of the site lead that follow a block, each sentence once."""
        return list(
            dict.fromkeys(
                _("Links to the block “%(block)s” lead to “%(new)s”, and no longer to “%(old)s”.")
                % {"block": plugin_pool.get_plugin(plugin).name, "new": new.title, "old": old.title}
                for (plugin, _code), (old, new) in sorted(self.led.items())
            )
        )

    def sentences(self):
        """Returns what the changed settings mean for visitors."""
        sentences = {
            "reverse_id": _("Its id changes: what finds the page by its id finds it no more."),
            "application_urls": _("What answers below its address changes."),
            "navigation_extenders": _("The entries below it in the menus change."),
        }
        return [
            sentences.get(name)
            or (_("Visitors have to log in to read it.") if value else _("Visitors read it without a login."))
            for (_page, name), value in self.settings.items()
        ]


@dataclass
class Leading:
    """A kind of things that lead to a page: the names of the first of them, and how many there are."""

    label: str
    names: list

    @property
    def shown(self):
        return self.names[:SHOWN]

    @property
    def more(self):
        return max(len(self.names) - SHOWN, 0)


def what_leads_to(change):
    """Returns what leads visitors to the pages of a change, each kind with one query."""
    old = {address for (page, _language), address in public_addresses().items() if page in change.pages}
    # In the menus at the head and the foot of each page, and in that of a section: see navigation.py.
    in_a_menu = Q(page__depth__in=(1, 3)) | Q(page__depth=2, page__numchild__gt=0)
    entries = PageContent.objects.filter(in_a_menu, page__in=change.pages, page__is_home=False)
    profiles = {address.strip("/") for address in old}
    found = [
        Leading(_("Menus, with the entry"), list(entries.values_list("title", flat=True))),
        Leading(_("Links in texts, on the page"), pages_linking_to(change.pages, old)),
        Leading(
            _("The name of the organisation"),
            [str(each) for each in Organisation.objects.with_page() if each.page_path in profiles],
        ),
        Leading(
            _("Old addresses"),
            list(Redirect.objects.filter(new_path__in=old).values_list("old_path", flat=True)),
        ),
    ]
    return [each for each in found if each.names]


def pages_linking_to(pages, addresses):
    """Returns the titles of the published pages with a text that links to one of these pages."""
    texts = Text.objects.filter(
        placeholder__content_type=ContentType.objects.get_for_model(PageContent), body__contains="<a "
    )
    linking = {
        content
        for content, body in texts.values_list("placeholder__object_id", "body")
        if any(
            (page and int(page) in pages) or (address and f"{address.rstrip('/')}/" in addresses)
            for page, address in LINK.findall(body)
        )
    }
    return list(
        PageContent.objects.filter(pk__in=linking).order_by("page__path").values_list("title", flat=True)
    )


def ask(request, change, form, asks_why=False):
    """Answers with the page on which somebody confirms a change; a script gets a form that leads there.

    `form` is the data by which it was tried.
    """
    rows = change.rows()
    context = {
        "address": request.get_full_path(),
        "fields": [
            (name, value)
            for name, values in form.lists()
            if name not in ("csrfmiddlewaretoken", "confirmed") and not (asks_why and name == "reason")
            for value in values
        ],
    }
    if is_script(request):
        form = render_to_string("admin/includes/confirm_in_tree.html", context, request)
        return refuse_script(request, form)
    context |= admin.site.each_context(request) | {
        "title": _("This changes what visitors find"),
        "checksum": change.checksum,
        "asks_why": asks_why,
        "rows": rows[:SHOWN],
        "more": max(len(rows) - SHOWN, 0),
        "is_led_on": any(new for _title, _old, new in rows),
        "is_gone": any(not new for _title, _old, new in rows),
        "sentences": change.sentences(),
        "links": change.links_led_elsewhere(),
        "leading": what_leads_to(change) if change.pages else None,
        "cancel_url": reverse("admin:cms_pagecontent_changelist"),
    }
    return render(request, "admin/page_confirmation.html", context)


def is_script(request):
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def refuse_script(request, html):
    """Says to the script of the page tree why nothing was changed."""
    if request.resolver_match.url_name == MOVE:
        return JsonResponse({"status": 400, "content": html})
    return HttpResponseBadRequest(html)
