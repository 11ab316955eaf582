"""Printed pages carry a foot with a note and their number."""

from .printed_text import text_of_pages

FOOT = "Printed copy. Check the reference online before citing."
CLAIM = "/evidence/e10-training-programmes/"


def test_each_printed_page_says_to_check_the_reference_and_its_place_among_the_pages(visit):
    charlie = visit()
    for path in (CLAIM, "/evidence/", "/nowhere/"):
        charlie.goto(path)
        pages = text_of_pages(charlie.pdf(format="A4"))
        assert [text.count(FOOT) for text in pages] == [1] * len(pages), path
        assert [f"{number} / {len(pages)}" in text for number, text in enumerate(pages, 1)] == [True] * len(
            pages
        ), path
        assert charlie.locator("h1").inner_text() in " ".join(pages)


def test_the_foot_is_in_the_words_of_the_page_whatever_signs_they_hold(visit):
    charlie = visit()
    charlie.goto(CLAIM)
    words = r"Copie « imprimée » : 'vérifiez' \ la \"référence\"; puis citez-la."
    charlie.locator("html").evaluate("(html, words) => { html.dataset.printFoot = words }", words)
    pages = text_of_pages(charlie.pdf())
    assert [text.count(words) for text in pages] == [1] * len(pages)


def test_a_long_page_is_printed_with_the_margin_line_and_each_source_once_at_its_end(visit):
    charlie = visit()
    open_a_long_page(charlie)
    charlie.emulate_media(media="print")
    assert (
        charlie.evaluate("getComputedStyle(document.querySelector('.page')).borderInlineStartWidth") != "0px"
    )
    assert charlie.locator(".endnote-number").count() >= 10
    assert charlie.locator(".note:has(.endnote-number) a").filter(visible=True).count() == 0
    whole = " ".join(text_of_pages(charlie.pdf(format="A4")))
    assert whole.index("Sources") < whole.index("1. ", whole.index("Sources"))


def test_the_page_for_donors_is_printed_on_one_sheet_with_every_question(visit):
    charlie = visit()
    charlie.goto("/support/")
    questions = charlie.locator("main h2").all_inner_texts()
    [sheet] = text_of_pages(charlie.pdf(format="A4"))
    assert len(questions) == 9
    assert [each for each in questions if each not in " ".join(sheet.split())] == []


def open_a_long_page(charlie):
    """Opens the first history of an organisation that has enough notes for endnotes."""
    charlie.goto("/organisations/")
    links = charlie.locator('main a[href^="/organisations/"]')
    for path in dict.fromkeys(links.evaluate_all("links => links.map(each => each.pathname)")):
        charlie.goto(f"{path}history/")
        if charlie.locator(".endnote-number").count():
            return
    raise AssertionError("no page has endnotes")
