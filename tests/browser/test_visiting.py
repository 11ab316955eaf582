"""Charlie, who has no account, walks through the site at addresses without a language prefix."""

from tests.support.sampling import drill_only


def test_charlie_walks_from_home_to_the_words_that_a_claim_rests_on(visit_in_motion):
    charlie = visit_in_motion()
    charlie.goto("/")
    charlie.get_by_role("link", name="Evidence").first.click()
    charlie.get_by_role("link", name="E10", exact=True).click()
    assert charlie.url.endswith("/evidence/e10-training-programmes/")
    charlie.get_by_role("link", name="line 25").first.click()
    charlie.wait_for_url("**/sources/dallaire-our-story/#L25")
    assert "over 4,500 participants from over 55 countries" in charlie.locator("#L25").inner_text()


def test_an_address_without_its_last_slash_leads_to_the_page(visit_in_motion):
    charlie = visit_in_motion()
    charlie.goto("/evidence")
    assert charlie.url.endswith("/evidence/")


def test_a_page_that_is_not_there_says_so_in_the_sites_own_dress(visit_in_motion):
    charlie = visit_in_motion()
    assert charlie.goto("/nowhere/").status == 404
    charlie.get_by_role("navigation", name="Main").get_by_role("link", name="Organisations").click()
    assert charlie.locator("h1").inner_text() == "Organisations"


@drill_only("tests/browser/test_headers.py")
def test_charlie_leaves_no_trace_in_the_browser(visit_in_motion):
    charlie = visit_in_motion()
    for path in ("/", "/evidence/e10/", "/sources/dallaire-our-story/", "/?toolbar_on"):
        charlie.goto(path)
    assert charlie.context.cookies() == []
    assert charlie.evaluate("localStorage.length + sessionStorage.length") == 0


# Pixels at 1440 and at 360: an answer that nobody scrolls to is none.
HEIGHTS = {
    ("/", 1440): 4000,
    ("/evidence/e4/", 1440): 2600,
    ("/support/", 1440): 1900,
    ("/organisations/coalition/history/", 1440): 3600,
    ("/", 360): 8000,
    ("/evidence/", 360): 9000,
    ("/advocacy/", 360): 6500,
}


def test_no_page_is_longer_than_its_evidence(visit):
    charlie, tall = visit(), {}
    for (path, width), limit in HEIGHTS.items():
        charlie.set_viewport_size({"width": width, "height": 900})
        charlie.goto(path)
        height = charlie.evaluate("document.documentElement.scrollHeight")
        if height > limit:
            tall[path, width] = height
    assert tall == {}
