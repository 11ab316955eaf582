"""Signs stay apart from what they do not belong to, and words in drawings are kept."""

import pytest

from portal.staff.document_import.readers.docx import read
from portal.staff.document_import.readers.raised import with_lowered, written_raised
from portal.staff.document_import.readers.symbols import readable
from tests.support.documents import NAMESPACE, docx, package, paragraph, run

OFFICE = "http://schemas.openxmlformats.org"
DRAWING = (
    f'xmlns:a="{OFFICE}/drawingml/2006/main" xmlns:c="{OFFICE}/drawingml/2006/chart" '
    f'xmlns:wp="{OFFICE}/drawingml/2006/wordprocessingDrawing" xmlns:m="{OFFICE}/officeDocument/2006/math" '
    f'xmlns:mc="{OFFICE}/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:new="http://schemas.microsoft.com/office/word/2010/new" xmlns:odd="http://odd.example"'
)


@pytest.mark.parametrize(
    ("before", "raised", "written"),
    [
        ("5,000", "2", "[2]"),
        ("5,000", "2,3", "[2,3]"),
        ("5,000", "a", "[a]"),
        ("families", "12", "[12]"),
        ("families.", "3 ", "[3] "),
        ("By 2031", "*", "*"),
        ("By 2031", "†", "†"),
        ("5,000", "i", "[i]"),
        ("5,000", "e", "[e]"),
        ("5,000", "[a]", "[a]"),
        ("35%", "2", "[2]"),
        ("(5,000 girls)", "a", "[a]"),
        ("50 ha", "2", "[2]"),
        ("12 km", "5", "[5]"),
        ("12 km", "12", "[12]"),
        ("12 m", "3", "³"),
        ("children in", "2", "[2]"),
        ("5 in", "2", "²"),
        ("CO", "2", "²"),
        ("E=mc", "2", "²"),
        ("a = b", "2", "²"),
        ("=children", "2", "[2]"),
        ("40 pupils", "a", "[a]"),
        ("XIX", "e", "e"),
        ("and the 22", "d", "d"),
        ("5,010", "6", "[6]"),
        ("12 km", "2", "²"),
        ("12 Km", "2", "²"),
        ("10", "-6", "⁻⁶"),
        ("110", "6", "[6]"),
        ("the 21", "st", "st"),
        ("le 2", "e", "e"),
        ("M", "me", "me"),
        ("5,000", "(2)", "(2)"),
        ("5,000", "2 words that are long", " 2 words that are long"),
        ("", "1", "[1]"),
    ],
)
def test_raised_signs_are_a_mark_a_power_or_a_part_of_the_word(before, raised, written):
    assert written_raised(before, raised) == written


@pytest.mark.parametrize(
    ("before", "lowered", "written"),
    [
        ("of [3]/", "4", "of 3/4"),
        ("some 2[1]\u2044", "2", "some 2 1\u20442"),
        ("as told[3]/", "four", "as told[3]/four"),
        ("as told[3] or ", "4", "as told[3] or ₄"),
        ("CO", "2", "CO₂"),
    ],
)
def test_a_lowered_figure_under_a_bar_makes_a_fraction_of_the_one_above(before, lowered, written):
    assert with_lowered(before, lowered) == written


@pytest.mark.parametrize(
    "properties", ['<w:vertAlign w:val="superscript"/>', '<w:position w:val="6"/>', '<w:position w:val="4"/>']
)
def test_letters_are_raised_by_alignment_or_by_position(properties):
    raised = f"<w:r><w:rPr>{properties}</w:rPr><w:t>2</w:t></w:r>"
    assert texts_of(f"<w:p>{run('5,000')}{raised}{run(' families')}</w:p>") == ["5,000[2] families"]


def texts_of(*body, **parts):
    return [line.text for line in read(docx(*body, **parts))[0]]


def test_hyphens_that_show_only_at_the_end_of_a_line_are_no_signs_of_a_word():
    soft = "<w:r><w:t>trai</w:t><w:softHyphen/><w:t>ned tea\u00adchers\ufeff</w:t></w:r>"
    assert texts_of(f"<w:p>{soft}</w:p>") == ["trained teachers"]


@pytest.mark.parametrize(
    ("text", "font", "shown"),
    [
        ("ü", "Wingdings", "✓"),
        ("\uf0fb", "Wingdings", "✗"),
        ("P", "Wingdings 2", "✓"),
        ("\uf0b3", "Symbol", "≥"),
        ("a", "Symbol", "α"),
        ("über", "Calibri", "über"),
        ("\uf0b7", "", "•"),
        ("\uf0fc", "", "\0"),
    ],
)
def test_a_font_of_symbols_draws_signs_in_the_place_of_letters(text, font, shown):
    assert readable(text, font) == shown


def test_a_symbol_that_nobody_can_name_is_told():
    lines, notices = read(
        docx('<w:p><w:r><w:sym w:font="Odd" w:char="F0AB"/></w:r><w:r><w:t>a</w:t></w:r></w:p>')
    )
    assert [line.text for line in lines] == ["a"]
    assert [tuple(notice) for notice in notices] == [("left out", "symbols")]


BOX = "<w:txbxContent><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:txbxContent>"


@pytest.mark.parametrize(
    ("inner", "texts"),
    [
        (f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>", ["around", "in the box"]),
        ('<w:pict><v:shape><v:textpath string="in the box"/></v:shape></w:pict>', ["around", "in the box"]),
        ("<w:drawing><a:p><a:r><a:t>in the box</a:t></a:r></a:p></w:drawing>", ["around", "in the box"]),
        (
            '<mc:AlternateContent><mc:Choice Requires="new"><w:drawing>new</w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent>",
            ["around"],
        ),
        (
            '<mc:AlternateContent><mc:Choice Requires="odd"><w:t>odd</w:t></mc:Choice>'
            f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent>",
            ["around", "in the box"],
        ),
    ],
)
def test_a_drawing_follows_its_paragraph_with_the_words_that_word_shows(inner, texts):
    assert texts_of(f"<w:p {DRAWING}><w:r>{inner}</w:r>{run('around')}</w:p>") == texts


@pytest.mark.parametrize(
    "inner",
    [
        f'<w:drawing><wp:anchor hidden="1">{BOX}</wp:anchor></w:drawing>',
        f'<w:drawing><wp:inline><wp:docPr hidden="true"/>{BOX}</wp:inline></w:drawing>',
        f'<w:pict><v:shape style="width:1pt;visibility:hidden">{BOX}</v:shape></w:pict>',
    ],
)
def test_a_hidden_drawing_is_left_out_and_told(inner):
    lines, notices = read(docx(f"<w:p {DRAWING}><w:r>{inner}</w:r>{run('around')}</w:p>"))
    assert [line.text for line in lines] == ["around"]
    assert [notice.code for notice in notices] == ["hidden"]


def relations(*each):
    return (
        "<Relationships>"
        + "".join(
            f'<Relationship Id="{identity}" Type="types/{kind}" Target="{target}"/>'
            for identity, kind, target in each
        )
        + "</Relationships>"
    )


def test_the_title_of_a_chart_is_a_caption_and_its_figures_are_told():
    chart = (
        f"<c:chartSpace {DRAWING}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Children by year</a:t></a:r>"
        "</a:p></c:rich></c:tx></c:title><c:plotArea><c:v>120</c:v></c:plotArea></c:chart></c:chartSpace>"
    )
    body = f'<w:p {DRAWING}><w:r><w:drawing><c:chart id="r1"/></w:drawing></w:r></w:p>'
    parts = {
        "word/charts/chart1.xml": chart,
        "word/_rels/document.xml.rels": relations(("r1", "chart", "charts/chart1.xml")),
    }
    lines, notices = read(docx(body, **parts))
    assert [(line.text, line.kind) for line in lines] == [("Children by year", "caption")]
    assert [tuple(notice) for notice in notices] == [("left out", "charts")]


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<m:f><m:num>{a}</m:num><m:den>{b}</m:den></m:f>", "312/480"),
        ("<m:sSup><m:e>{x}</m:e><m:sup>{a}</m:sup></m:sSup>", "x³¹²"),
        ("<m:sSub><m:e>{x}</m:e><m:sub>{x}</m:sub></m:sSub>", "x_x"),
        ("<m:rad><m:deg/><m:e>{a}</m:e></m:rad>", "√312"),
        ("<m:d><m:e>{a}</m:e></m:d>", "(312)"),
        ('<m:nary><m:naryPr><m:chr val="∑"/></m:naryPr><m:sub>{a}</m:sub><m:e>{x}</m:e></m:nary>', "∑₃₁₂ x"),
        ("<m:m><m:mPr/><m:mr><m:e>{a}</m:e><m:e>{b}</m:e></m:mr></m:m>", "312 480"),
    ],
)
def test_the_parts_of_an_equation_stay_apart(formula, text):
    letters = {
        name: f"<m:r><m:t>{value}</m:t></m:r>" for name, value in zip("abx", ("312", "480", "x"), strict=True)
    }
    body = f"<w:p {DRAWING}><m:oMath>{formula.format(**letters)}</m:oMath></w:p>"
    assert texts_of(body) == [text]


def test_a_struck_out_end_of_a_paragraph_joins_it_with_the_next():
    properties = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    lines, notices = read(docx(f"<w:p>{properties}{run('We trained ')}</w:p>", paragraph("40 teachers.")))
    assert [line.text for line in lines] == ["We trained 40 teachers."]
    assert [notice.code for notice in notices] == ["tracked changes"]


def test_a_large_first_letter_belongs_to_its_word():
    dropped = f'<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>{run("O")}</w:p>'
    assert texts_of(dropped, paragraph("nce upon a time")) == ["Once upon a time"]


def test_empty_lines_that_follow_each_other_are_one():
    assert texts_of(paragraph("a"), *[paragraph("")] * 20_000, paragraph("b")) == ["a", "", "b"]


def test_what_a_file_joins_from_others_is_told():
    _lines, notices = read(docx(paragraph("a"), '<w:altChunk id="r1"/>', "<w:subDoc/>"))
    assert [tuple(notice) for notice in notices] == [("left out", "joined")]


def test_how_a_word_is_read_stands_after_it_in_brackets():
    ruby = f"<w:ruby><w:rt>{run('reading')}</w:rt><w:rubyBase>{run('word')}</w:rubyBase></w:ruby>"
    assert texts_of(f"<w:p><w:r>{ruby}</w:r></w:p>") == ["word(reading)"]


STRICT = NAMESPACE.replace(
    f"{OFFICE}/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"
)


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("word/document2.xml", "word/document2.xml"),
        ("/content/main.xml", "content/main.xml"),
        ("word/My%20text.xml", "word/My text.xml"),
        ("Word/Document.xml", "word/document.xml"),
    ],
)
@pytest.mark.parametrize("namespace", [NAMESPACE, STRICT])
def test_the_main_part_is_the_one_that_the_relations_name(target, name, namespace):
    parts = {
        "_rels/.rels": relations(("r1", "officeDocument", target)),
        name: f"<w:document {namespace}><w:body>{paragraph('Words')}</w:body></w:document>",
    }
    assert [line.text for line in read(package(parts))[0]] == ["Words"]
