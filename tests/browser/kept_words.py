"""Reads what a browser keeps of the words that staff type, and opens what they type into."""

import os
import signal
from pathlib import Path

from .harbour_aid import VALUES
from .test_editing import block

# Reads all that is kept, without making the store before the page does.
ALL_KEPT = """() => new Promise(done => {
  const opening = indexedDB.open("autosave", 1);
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onerror = () => done("");
  opening.onsuccess = () => {
    const reading = opening.result.transaction("records").objectStore("records").getAll();
    reading.onsuccess = () => { opening.result.close(); done(JSON.stringify(reading.result)); };
  };
})"""
UNTIL = f"""async ([words, isKept]) => {{
  const end = Date.now() + 15000;
  while ((await ({ALL_KEPT})()).includes(words) !== isKept) {{
    if (Date.now() > end) throw new Error(`${{words}}: kept is not ${{isKept}}`);
    await new Promise(done => setTimeout(done, 50));
  }}
}}"""
BAR = ".autosave"


def wait_until_kept(page, words):
    page.evaluate(UNTIL, [words, True])


def wait_until_gone(page, words):
    page.evaluate(UNTIL, [words, False])


def kill(folder):
    """Kills the browser that has its storage in a folder."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue  # it has ended
        is_child = any(argument.startswith(b"--type=") for argument in arguments)
        if f"--user-data-dir={folder}".encode() in arguments and not is_child:
            os.kill(int(process.name), signal.SIGKILL)


def window_over(page):
    return page.frame_locator(".cms-modal-frame iframe")


def edit(page):
    """Opens the draft of the page of values, or begins one."""
    page.goto(VALUES)
    new, old = page.get_by_role("link", name="New Draft"), page.get_by_role("link", name="Edit", exact=True)
    new.or_(old).first.click()
    page.wait_for_url("**/edit/**")


def open_block(page, text):
    edit(page)
    page.locator(".cms-toolbar-item-cms-mode-switcher a").click()
    block(page, text).locator(".cms-submenu-edit").first.click()
    window_over(page).locator("form").wait_for()


def dialogs_of(page, accept=False):
    """Answers each question of a page; returns the list into which their kinds are put."""
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        dialog.accept() if accept else dialog.dismiss()

    page.on("dialog", answer)
    return asked
