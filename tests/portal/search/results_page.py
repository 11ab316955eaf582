"""Reads the page of results and the suggestions as Charlie gets them."""

import re
from html import unescape

from django.utils.html import strip_tags

from tests.support.factory import restate_figures
from tests.support.people import bob

NOTHING_FOUND = "Nothing on record contains these words"
MARKER = "zugzwang"


def results_page(client, query, **parameters):
    response = client.get("/search/", {"q": query} | parameters)
    assert response.status_code == 200
    return response.content.decode().split("<main")[1]


def hit_titles(client, query, **parameters):
    """Returns the titles of one page of results, claims by their reference."""
    titles = []
    page = results_page(client, query, **parameters)
    for hit in page.split('<div class="record" data-record="portal.searchentry')[1:]:
        label = re.search(r'class="reference">(\w+)<', hit)
        title = re.search(r'<p class="title"[^>]*>(.*?)</p>', hit, re.DOTALL)
        titles.append(label[1] if label else unescape(strip_tags(title[1])).strip())
    return titles


def hit_addresses(client, query, **parameters):
    return re.findall(r'<p class="title"[^>]*><a href="([^"]+)"', results_page(client, query, **parameters))


def suggestions(client, typed):
    return client.get("/search/suggest/", {"q": typed}).json()["suggestions"]


def publish_claim(claim, statement):
    claim.statement = statement
    claim.in_our_words = True
    claim.save()
    restate_figures(claim)
    claim.publish(by=bob(), reason="In a test", seen=claim.AS_STORED)
    return claim
