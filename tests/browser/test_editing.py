"""Alice edits a value and a page's blocks, Bob publishes, Charlie reads, each in a window of their own."""

from tests.support.sampling import drill_only

from .harbour_aid import VALUES

PUBLISH = ".cms-action-publish"


@drill_only("tests/organisation/test_proposals.py::test_a_changed_mission_is_public_once_bob_has_accepted_it")
def test_alice_changes_a_value_in_the_admin_and_charlie_reads_it_once_bob_accepts_it(harbour_aid, window):
    alice, bob, charlie = window("editor"), window("publisher"), window()
    alice.goto("/admin/organisation/statement/?q=highest+standards")
    alice.get_by_role("link", name="Harbour Aid, value: Integrity").click()
    alice.locator("[name=text]").fill("Words that Alice wrote.")
    alice.get_by_role("button", name="Save", exact=True).click()
    alice.wait_for_selector(".messagelist .success")
    charlie.goto(VALUES)
    assert "Words that Alice wrote." not in charlie.inner_text("main")
    accept(bob, "Harbour Aid, value: Integrity")
    charlie.goto(VALUES)
    assert "Words that Alice wrote." in charlie.inner_text("main")


def test_alice_opens_a_record_from_its_page_by_double_click(harbour_aid, window):
    alice, bob, charlie = window("editor"), window("publisher"), window()
    start_draft(alice, VALUES)
    alice.get_by_text("Integrity").first.dblclick()
    form = alice.frame_locator(".cms-modal-frame iframe")
    form.locator("[name=text]").fill("Words from the page.")
    save_window(alice)
    accept(bob, "Harbour Aid, value: Integrity")
    charlie.goto(VALUES)
    assert "Words from the page." in charlie.inner_text("main")


def test_alice_changes_adds_moves_and_removes_blocks_and_bob_publishes_them(harbour_aid, window):
    alice, bob, charlie = window("editor"), window("publisher"), window()
    start_draft(alice, VALUES)
    assert alice.get_by_role("link", name="Publish", exact=True).count() == 0
    alice.locator(".cms-toolbar-item-cms-mode-switcher a").click()
    change_heading(alice, "Statements of one kind", "A heading that Alice wrote")
    add_facts(alice, "Harbour Aid", "Facts that Alice added")
    move_to_top(alice, "Facts about an organisation")
    remove(alice, "The following core")

    charlie.goto(VALUES)
    assert "that Alice" not in charlie.inner_text("main")
    open_versions(alice, VALUES)
    assert alice.locator(PUBLISH).count() == 0
    submit(alice, "Values")

    open_versions(bob, VALUES)
    bob.locator(PUBLISH).click()
    bob.get_by_role("button", name="Publish now").click()
    bob.wait_for_selector(".messagelist .success")
    charlie.reload()
    assert charlie.locator("main h2").all_inner_texts() == [
        "Facts that Alice added",
        "A heading that Alice wrote",
    ]
    assert "The following core values" not in charlie.inner_text("main")


@drill_only("tests/portal/pages/test_workflow.py")
def test_bob_cannot_publish_the_draft_that_he_made_himself_before_alice_has_confirmed_it(harbour_aid, window):
    alice, bob, charlie = window("editor"), window("publisher"), window()
    start_draft(bob, VALUES)
    assert bob.get_by_role("link", name="Publish", exact=True).count() == 0
    bob.get_by_role("link", name="Submit or review").click()
    bob.get_by_role("button", name="Submit for review").click()
    own = "The last change to this page is your own: somebody else has to publish or confirm it."
    assert own in bob.inner_text("#content-main")

    alice.goto("/admin/")
    alice.get_by_role("link", name="Values").first.click()
    alice.get_by_role("button", name="Confirm").click()
    alice.wait_for_selector(".messagelist .success")
    bob.reload()
    bob.get_by_role("button", name="Publish now").click()
    bob.wait_for_selector(".messagelist .success")
    charlie.goto(VALUES)
    assert "The following core values" in charlie.inner_text("main")


@drill_only("tests/impact/review/test_decision.py", "tests/portal/exports/test_everywhere.py")
def test_alice_submits_a_change_of_a_claim_and_only_bobs_publication_shows_it(window):
    alice, bob, charlie = window("editor"), window("publisher"), window()
    open_claim(alice, "over 4,500")
    alice.locator("[name=figures-0-value]").fill("5000")
    alice.get_by_label("Note for the reviewer").fill("A newer count")
    alice.get_by_role("button", name="Save and submit for review").click()
    alice.wait_for_selector("text=E10 is submitted for review")
    assert alice.get_by_role("button", name="Publish now").count() == 0
    charlie.goto("/evidence/e10/")
    assert "4,500" in charlie.inner_text("main") and "5,000" not in charlie.inner_text("main")

    open_claim(bob, "over 4,500")
    bob.get_by_role("link", name="Review", exact=True).click()
    for tick in bob.get_by_label("I have seen this.").all():
        tick.check()
    bob.get_by_label("update: what stood here was true then").check()
    bob.locator("[name=publish-reason]").fill("A newer count")
    bob.get_by_role("button", name="Publish now").click()
    bob.wait_for_selector("text=E10 is published.")
    for page in ("/evidence/e10/", "/"):
        charlie.goto(page)
        assert "5,000" in charlie.inner_text("main")
    charlie.goto("/evidence/e10/v1/")
    assert "4,500" in charlie.inner_text(".figures") and "5,000" not in charlie.inner_text(".figures")


@drill_only("tests/organisation/admin/test_record.py", "tests/impact/test_new_claim.py")
def test_alice_quotes_words_that_the_source_does_not_say_and_is_shown_where_they_depart(window):
    alice = window("editor")
    open_claim(alice, "over 4,500")
    words = alice.locator('[name$="-0-words"]')
    words.fill("Our training programs have been delivered to over 5,400 participants")
    alice.get_by_role("button", name="Save", exact=True).click()
    error = alice.locator(".errorlist", has_text="at character 51, after “n delivered to over ”")
    error.wait_for()
    assert "here “5”, in the source “4”" in error.inner_text()
    assert words.input_value() == "Our training programs have been delivered to over 5,400 participants"


@drill_only("tests/portal/delivery/test_generation.py", "tests/browser/test_serving.py")
def test_a_change_made_through_one_server_is_read_at_once_from_another(harbour_aid, site, window):
    other = site.serve()
    alice, bob, charlie = window("editor"), window("publisher"), window()
    pages = f"{other}/vision-of-harbour-aid/", f"{other}/about-harbour-aid/"
    for page in pages:
        charlie.goto(page)
    alice.goto("/admin/organisation/statement/?q=without+a+wreck")
    alice.get_by_role("link", name="Harbour Aid, vision: A harbour").click()
    alice.locator("[name=text]").fill("A harbour that Alice wrote")
    alice.get_by_role("button", name="Save", exact=True).click()
    alice.wait_for_selector(".messagelist .success")
    accept(bob, "Harbour Aid, vision: A harbour")
    for page in pages:
        charlie.goto(page)
        assert "A harbour that Alice wrote" in charlie.inner_text("main")


def accept(page, title):
    """Accepts what waits on the desk under a title."""
    page.goto("/admin/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("button", name="Accept").click()
    page.wait_for_selector(".messagelist .success")


def start_draft(page, path):
    page.goto(path)
    page.get_by_role("link", name="New Draft").click()
    page.wait_for_url("**/edit/**")


def save_window(page):
    """Saves the CMS window that is open, and waits until the page shows the change."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.locator(".cms-modal-buttons .cms-btn-action").click()
    page.wait_for_selector(".cms-modal", state="hidden")


def block(page, text):
    return page.locator(".cms-structure-content .cms-draggable", has_text=text)


def change_heading(page, text, heading):
    block(page, text).locator(".cms-submenu-edit").first.click()
    page.frame_locator(".cms-modal-frame iframe").locator("[name=heading]").fill(heading)
    save_window(page)


def add_facts(page, organisation, heading):
    page.locator(".cms-dragbar .cms-submenu-add").first.click()
    page.locator(".cms-modal .cms-submenu-item a", has_text="Facts about an organisation").click()
    form = page.frame_locator(".cms-modal-frame iframe")
    form.locator("[name=heading]").fill(heading)
    form.locator("[name=organisation]").select_option(label=organisation)
    save_window(page)
    block(page, heading).wait_for()


def move_to_top(page, text):
    handle = block(page, text).locator(".cms-dragitem").first.bounding_box()
    top = block(page, "").first.bounding_box()
    # In steps, since the CMS looks for the drop target while the mouse moves.
    page.mouse.move(handle["x"] + 8, handle["y"] + 20)
    page.mouse.down()
    page.mouse.move(handle["x"] + 10, handle["y"] + 10, steps=5)
    page.mouse.move(top["x"] + 20, top["y"] + 2, steps=15)
    page.mouse.move(top["x"] + 20, top["y"] - 6, steps=5)
    with page.expect_response("**/move-plugin/**"):
        page.mouse.up()


def remove(page, text):
    block(page, text).locator(".cms-submenu-settings").first.click()
    page.locator(".cms-submenu-dropdown:visible").get_by_text("Delete").click()
    page.locator(".cms-modal-buttons .cms-btn-caution").click()
    block(page, text).wait_for(state="detached")


def open_versions(page, path):
    """Opens the list from which a draft is published."""
    page.goto(path)
    page.goto(page.locator("a", has_text="Manage Versions").first.get_attribute("href"))


def submit(page, title):
    """Submits a draft of one's own, which the desk leads to."""
    page.goto("/admin/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("link", name="Submit or review").click()
    page.get_by_role("button", name="Submit for review").click()
    page.wait_for_selector(".messagelist .success")


def open_claim(page, query):
    page.goto(f"/admin/impact/claim/?q={query.replace(' ', '+')}")
    page.locator("#result_list tbody th a").first.click()
