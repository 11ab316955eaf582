"""Of a field a person sees its result and never its code."""

import pytest

from portal.staff.document_import.readers.docx import read
from tests.support.documents import NAMESPACE, docx, paragraph, run


def mark(kind, inner=""):
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def code(text):
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def field(instruction, result=None, form=""):
    shown = "" if result is None else mark("separate") + result
    return mark("begin", f"<w:ffData>{form}</w:ffData>") + code(instruction) + shown + mark("end")


CHECKED, LISTED = (
    "<w:checkBox><w:checked/></w:checkBox>",
    '<w:listEntry w:val="one"/><w:listEntry w:val="two"/>',
)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (field(" PAGEREF _Toc1 ", run("7")), "7"),
        (field(" IF ", run("seen")) + run(" after"), "seen after"),
        (
            mark("begin")
            + code("IF ")
            + field("REF x", run("code"))
            + mark("separate")
            + run("seen")
            + mark("end"),
            "seen",
        ),
        (field(' XE "entry" '), ""),
        (field("FORMCHECKBOX", form=CHECKED), "☒"),
        (field("FORMCHECKBOX", form="<w:checkBox><w:default w:val='0'/></w:checkBox>"), "☐"),
        (field("FORMDROPDOWN", form=f'<w:ddList><w:result w:val="1"/>{LISTED}</w:ddList>'), "two"),
        (field("FORMDROPDOWN", form=f'<w:ddList><w:result w:val="9"/>{LISTED}</w:ddList>'), ""),
        (field("FORMTEXT", run("typed")), "typed"),
        (field(' SYMBOL 252 \\f "Wingdings" '), "✓"),
        (field(" MACROBUTTON none Click for more "), "Click for more"),
        (f'<w:fldSimple w:instr=" AUTHOR ">{run("A. Writer")}</w:fldSimple>', "A. Writer"),
        # A field that nobody ends hides nothing.
        (mark("begin") + code("IF ") + run("seen"), "seen"),
    ],
)
def test_the_result_of_a_field_is_kept(inner, text):
    [line] = read(docx(f"<w:p>{inner}</w:p>"))[0]
    assert line.text == text


@pytest.mark.parametrize("gallery", ["Table of Contents", "Cover Pages"])
def test_a_contents_list_is_known_by_its_gallery(gallery):
    properties = f'<w:sdtPr><w:docPartObj><w:docPartGallery w:val="{gallery}"/></w:docPartObj></w:sdtPr>'
    block = f"<w:sdt>{properties}<w:sdtContent>{paragraph('Our work 3')}</w:sdtContent></w:sdt>"
    kinds = [line.kind for line in read(docx(block, paragraph("Text")))[0]]
    assert kinds == ["contents" if gallery == "Table of Contents" else "paragraph", "paragraph"]


def test_a_contents_list_is_known_by_its_field_over_several_paragraphs():
    first = f"<w:p>{mark('begin')}{code(' TOC ')}{mark('separate')}{run('Our work 3')}</w:p>"
    last = f"<w:p>{mark('end')}</w:p>"
    lines, _notices = read(docx(first, paragraph("Our aims 4"), last, paragraph("Text")))
    assert [(line.text, line.kind) for line in lines if line.text] == [
        ("Our work 3", "contents"),
        ("Our aims 4", "contents"),
        ("Text", "paragraph"),
    ]


def test_a_paragraph_with_a_counted_number_is_a_caption():
    inner = run("Table ") + field(" SEQ Table ", run("2")) + run(": Children by year")
    [line] = read(docx(f"<w:p>{inner}</w:p>"))[0]
    assert (line.text, line.kind) == ("Table 2: Children by year", "caption")


def test_numbers_that_only_word_computes_are_told():
    _lines, notices = read(docx(f"<w:p>{field(' LISTNUM ')}{run('words')}</w:p>"))
    assert [tuple(notice) for notice in notices] == [("left out", "numbers")]


def test_a_tracked_deletion_takes_its_field_along():
    inner = f"<w:del>{field(' REF x ', run('gone'))}</w:del>{run('here')}"
    assert [line.text for line in read(docx(f"<w:p>{inner}</w:p>"))[0]] == ["here"]


NOTES = """<w:{kind}s {namespace}><w:{kind} w:type="separator" w:id="0"><w:p/></w:{kind}>
<w:{kind} w:id="2">{first}</w:{kind}><w:{kind} w:id="3">{second}</w:{kind}></w:{kind}s>"""


def notes(kind, first="", second=""):
    parts = {"kind": kind, "namespace": NAMESPACE, "first": first, "second": second}
    return {f"word/{kind}s.xml": NOTES.format(**parts)}


def reference(kind, identity, more=""):
    return f'<w:r><w:{kind}Reference w:id="{identity}" {more}/></w:r>'


def test_notes_follow_the_body_in_the_order_of_their_marks():
    body = f"<w:p>{run('5,000')}{reference('endnote', 2)}{run(' families')}{reference('footnote', 3)}</w:p>"
    parts = notes("endnote", paragraph("An endnote") + paragraph("goes on"))
    parts |= notes("footnote", paragraph("Nobody refers to it"), paragraph("A footnote"))
    lines, notices = read(docx(body, **parts))
    assert ([(line.text, line.kind) for line in lines], notices) == (
        [
            ("5,000[i] families[1]", "paragraph"),
            ("[1] A footnote", "note"),
            ("[i] An endnote", "note"),
            ("goes on", "note"),
        ],
        [],
    )


def test_settings_say_how_notes_are_numbered_and_a_mark_of_their_own_is_kept():
    settings = (
        f'<w:settings {NAMESPACE}><w:footnotePr><w:numFmt w:val="upperLetter"/></w:footnotePr></w:settings>'
    )
    own = reference("footnote", 2, 'w:customMarkFollows="1"') + run("*")
    body = f"<w:p>{run('a')}{own}{run(' b')}{reference('footnote', 3)}</w:p>"
    parts = notes("footnote", paragraph("* One"), paragraph("Two")) | {"word/settings.xml": settings}
    assert [line.text for line in read(docx(body, **parts))[0]] == ["a* b[A]", "* One", "[A] Two"]


def test_a_note_that_hidden_words_refer_to_is_not_kept():
    hidden = reference("footnote", 2).replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    lines, notices = read(docx(f"<w:p>{run('a')}{hidden}</w:p>", **notes("footnote", paragraph("secret"))))
    assert ([line.text for line in lines], [notice.code for notice in notices]) == (["a"], ["hidden"])
