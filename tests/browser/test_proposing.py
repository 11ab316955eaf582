"""A record and a page go their whole way: Alice writes, Bob decides, and Charlie sees nothing too early."""

from tests.support.sampling import drill_only

from .test_editing import accept, start_draft
from .test_review import TOMORROW, tick

MISSION = "Harbour Aid, mission: We keep"
WORDS = "We sail at dawn, whoever calls"
AT_HOME = f"""
from cms.api import add_plugin
from cms.models import PageContent
from tests.support.factory import a_source, a_statement, cite
from tests.support.people import alice
mission = a_statement("We keep every harbour safe.", kind="mission", owner=alice())
cite(mission, a_source(text="We keep every harbour safe.\\n{WORDS}."))
home = PageContent.objects.get(page__is_home=True)
add_plugin(home.get_placeholders().get(slot="content"), "StatementPlugin", "en", statement=mission)
"""


@drill_only("tests/organisation/test_proposals.py")
def test_the_mission_on_home_changes_once_it_was_returned_changed_and_accepted(site, window):
    alice, bob, charlie = window("editor"), window("publisher"), window()
    site.execute_script(AT_HOME)
    alice.goto("/admin/organisation/statement/?q=every+harbour+safe")
    alice.get_by_role("link", name=MISSION).click()
    alice.locator("[name=text]").fill("A mission that Alice wrote first")
    alice.locator("[name=in_our_words]").check()
    cite(alice, "Yearbook of Harbour Aid", WORDS)
    alice.get_by_label("Note for whoever accepts it").fill("From our story")
    alice.get_by_role("button", name="Save", exact=True).click()
    alice.wait_for_selector(".messagelist .success")
    assert not sees(charlie, "A mission that Alice")

    bob.goto("/admin/")
    bob.get_by_role("link", name=MISSION).first.click()
    proposed = bob.inner_text("#content")
    assert all(words in proposed for words in ("A mission that Alice wrote first", WORDS, "From our story"))
    bob.get_by_label("reason").fill("Say it in fewer words")
    bob.get_by_role("button", name="Return with this reason").click()
    bob.wait_for_selector(".messagelist .success")

    alice.goto("/admin/")
    alice.get_by_role("link", name=MISSION).first.click()
    assert "Say it in fewer words" in alice.inner_text("#content")
    alice.get_by_role("link", name="Open its form").click()
    assert alice.locator("[name$='-1-words']").input_value() == WORDS
    alice.locator("[name=text]").fill("A mission that Alice changed")
    alice.get_by_role("button", name="Save", exact=True).click()
    alice.wait_for_selector(".messagelist .success")
    assert not sees(charlie, "A mission that Alice")

    accept(bob, MISSION)
    assert sees(charlie, "A mission that Alice changed")
    charlie.get_by_text("A mission that Alice changed").first.wait_for()


def cite(page, source, words):
    """Adds a citation to the form of a record."""
    page.locator("#organisation-citation-content_type-object_id-group .add-row a").click()
    row = page.locator("#organisation-citation-content_type-object_id-1")
    row.locator(".select2-selection").first.click()
    page.locator(".select2-search__field").fill(source)
    page.locator(".select2-results__option", has_text=source).first.click()
    row.locator("[name$='-words']").fill(words)


def sees(visitor, words):
    """Returns true if the home page shows these words."""
    visitor.goto("/")
    return words in visitor.inner_text("main")


TIDES = """
from tests.support.pages import a_page
sea = a_page("The sea", "<p>Salt.</p>")
a_page("Tides", "<p>High and low.</p>", parent=sea)
a_page("The coast", "<p>Sand.</p>")
"""


@drill_only(
    "tests/portal/pages/test_workflow.py",
    "tests/portal/pages/test_page_schedule.py",
    "tests/portal/pages/test_confirmation.py",
    "tests/portal/pages/test_addresses.py",
)
def test_a_page_is_submitted_returned_scheduled_published_renamed_and_moved(site, window):
    alice, bob, charlie = window("editor"), window("publisher"), window()
    site.execute_script(TIDES)

    write_draft(alice, "/the-sea/tides/", "Ebb and flow", slug="ebb")
    submit(alice, "Ebb and flow", "From the new gauge")
    open_from_desk(bob, "Ebb and flow")
    assert "From the new gauge" in bob.inner_text("#content-main")
    bob.locator("[name=return-reason]").fill("Say which gauge")
    press(bob, "Return with this reason")

    open_from_desk(alice, "Ebb and flow")
    assert "Say which gauge" in alice.inner_text("#content-main")
    alice.get_by_label("note for the reviewer").fill("The one at the pier")
    press(alice, "Submit for review")
    open_from_desk(bob, "Ebb and flow")
    bob.locator("[name=publish-at_0]").fill(f"{TOMORROW}")
    bob.locator("[name=publish-at_1]").fill("09:00")
    bob.get_by_role("button", name="Put on the schedule").click()
    assert "/the-sea/tides/" in bob.inner_text("#content-main")
    press(bob, "Yes, change it")
    assert tick(site, f"{TOMORROW}T08:59:59") == ""
    assert charlie.goto("/the-sea/tides/").status == 200
    assert charlie.inner_text("main h1") == "Tides" and charlie.goto("/the-sea/ebb/").status == 404
    assert tick(site, f"{TOMORROW}T09:00:00") == "“Ebb and flow” is published.\n"
    assert leads_to(charlie, "/the-sea/tides/") == "/the-sea/ebb/"
    assert charlie.goto("/the-sea/ebb/").status == 200 and charlie.inner_text("main h1") == "Ebb and flow"

    write_draft(alice, "/the-sea/", "The sea", slug="ocean")
    submit(alice, "The sea", "As others call it")
    open_from_desk(bob, "The sea")
    bob.get_by_role("button", name="Publish now").click()
    assert "/the-sea/ebb/" in bob.inner_text("#content-main")
    press(bob, "Yes, change it")
    assert leads_to(charlie, "/the-sea/tides/") == leads_to(charlie, "/the-sea/ebb/") == "/ocean/ebb/"

    move(bob, "The sea", below="The coast")
    old_addresses = ("/the-sea/tides/", "/the-sea/ebb/", "/ocean/ebb/")
    assert {leads_to(charlie, address) for address in old_addresses} == {"/the-coast/ocean/ebb/"}


def test_bob_moves_a_page_in_the_tree_and_says_yes_to_what_that_changes(site, window):
    bob, charlie = window("publisher"), window()
    site.execute_script(TIDES)
    move(bob, "The sea", below="The coast")
    assert leads_to(charlie, "/the-sea/tides/") == "/the-coast/the-sea/tides/"


def leads_to(visitor, address):
    """Returns where an old address leads in one step, to a page that answers."""
    answer = visitor.request.get(address, max_redirects=0)
    assert answer.status == 301
    target = answer.headers["location"]
    assert visitor.request.get(target, max_redirects=0).status == 200
    return target


def write_draft(page, path, title, **fields):
    """Begins a draft of a page and changes its title and its settings in the form of the CMS."""
    start_draft(page, path)
    page.goto(page.locator(".cms-toolbar a", has_text="Page settings").get_attribute("href"))
    for name, value in {"title": title, **fields}.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(".messagelist .success")


def open_from_desk(page, title):
    """Opens what waits for a person: to be submitted, decided on, or answered."""
    page.goto("/admin/")
    page.get_by_role("link", name=title).first.click()


def press(page, button):
    page.get_by_role("button", name=button).click()
    page.wait_for_selector(".messagelist .success")


def submit(page, title, note):
    """Submits a draft of one's own, which the desk leads to."""
    open_from_desk(page, title)
    page.get_by_role("link", name="Submit or review").click()
    page.get_by_label("note for the reviewer").fill(note)
    press(page, "Submit for review")


def move(page, title, below):
    """Cuts a page in the tree of the CMS, pastes it below another, and confirms it."""
    page.goto("/admin/cms/pagecontent/")
    page.wait_for_load_state(
        "networkidle"
    )  # the tree is fetched, and drawn once more, after the page is there
    for name, choice in ((title, "Cut"), (below, "Paste")):
        node = page.locator(".jstree-node", has_text=name).first
        trigger = page.locator(f".js-cms-pagetree-options[data-id='{node.get_attribute('data-id')}']").last
        # Its own menu, once it is fetched: that of the page before may be open still.
        menu = trigger.locator("xpath=following-sibling::*").locator("visible=true")
        trigger.click()
        menu.locator("a:not(.cms-pagetree-dropdown-item-disabled)", has_text=choice).click()
    page.get_by_role("button", name="See what it changes").click()
    press(page, "Yes, change it")
