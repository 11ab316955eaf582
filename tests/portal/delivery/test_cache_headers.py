"""Whatever can be withdrawn is asked for anew each time, by browsers and by every cache on the way."""

import re

import pytest
from django.core.wsgi import get_wsgi_application

from portal.delivery.page_cache import PageCache
from tests.support.wsgi import ask

pytestmark = pytest.mark.django_db

# One of each kind of answer that holds words of records or pages.
ADDRESSES = [
    "/",
    "/evidence/e10/",
    "/evidence/e10/v1/",
    "/evidence/e10/v1/share.png",
    "/evidence/e10/v1/cite.bib",
    "/embed/e10/",
    "/oembed",
    "/share.png",
    "/search/",
    "/search/suggest/",
    "/feeds/claims.atom",
    "/sitemap.xml",
    "/timeline.ics",
    "/timeline.csv",
    "/data/claims.csv",
    "/data/claims.json",
    "/data/datapackage.json",
    "/api/v1/claims",
    "/api/v1/claims/E10",
    "/api/v1/none",
    "/support/factsheet.pdf",
    "/there-is-no-such-page/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_cache_may_serve_what_can_be_withdrawn_without_asking(address):
    site = PageCache(get_wsgi_application(), lambda: 1, personal_cookies=["sessionid"])
    headers, _body = ask(site, address)
    directives = headers["cache-control"]
    assert "no-" in directives or "must-revalidate" in directives
    assert not re.search(r"max-age=[1-9]", directives)
