"""Of what a page hides, what a reader can open is kept and told, and what nobody opens is left out."""

import pytest

from portal.staff.document_import.readers.html_page import read

TABS = (
    "<div role=tablist><button role=tab aria-controls=p1>One</button>"
    "<button role=tab aria-controls=p2>Two</button></div>"
)
PANELS = f"{TABS}<div role=tabpanel id=p1>a</div><div role=tabpanel id=p2>b"
BUTTON = "<button aria-expanded=false>more</button>"


def read_page(markup):
    lines, notices = read(f"{markup}<p>Seen.</p>".encode())
    return " ".join(line.text for line in lines), [notice.code for notice in notices]


@pytest.mark.parametrize(
    "markup",
    [
        f"{TABS}<div role=tabpanel id=p1>a</div><div role=tabpanel id=p2 hidden>words</div>",
        f"{TABS}<div id=p1>a</div><div id=p2 style='display:none'>words</div>",
        "<div role=tabpanel hidden>words</div>",
        "<div role=tabpanel style='position:absolute;left:-9999px'>words</div>",
        "<div role=tablist><b role=tab>A</b><b role=tab>B</b></div><div>a</div><div hidden>words</div>",
        "<div role=tablist><b role=tab>A</b><b role=tab>B</b></div>"
        "<div><div>a</div><div hidden>words</div></div>",
        "<div hidden=until-found>words</div>",
        "<details><summary>s</summary><p>words</p></details>",
        "<button aria-expanded=false aria-controls=q>b</button><div id=q style='display:none'>words</div>",
        f"{BUTTON}<div style='display:none'>words</div>",
        f"<h3>{BUTTON}</h3><div hidden>words</div>",
        f"<div><div class=head>{BUTTON}</div><div style='display:none'>words</div></div>",
        f"<dl><dt>{BUTTON}</dt><dd hidden>words</dd></dl>",
        "<button onclick=\"toggle('more')\">More</button><div id=more style='display:none'>words</div>",
        "<h3 onclick='toggle(this)'>More</h3><div style='display:none'>words</div>",
        "<button popovertarget=x>More</button><div id=x popover>words</div>",
        "<style>.t{display:none}.t:target{display:block}</style>"
        "<a href='#two'>2</a><div class=t id=two>words</div>",
        "<script></script><ul><li><a href='#two'>2</a></ul><div id=two style='display:none'>words</div>",
        "<script></script><div class='tab-pane' style='display:none'>words</div>",
        "<input type=radio id=a><label for=a>1</label><input type=radio id=b><label for=b>2</label>"
        "<div>q</div><div style='display:none'>words</div>",
        "<a aria-controls=k href=#k>o</a><div style='max-height:0;overflow:hidden' id=k>words</div>",
    ],
)
def test_what_a_reader_can_open_is_kept_and_told(markup):
    words, told = read_page(markup)
    assert "words" in words and "openable" in told and "hidden" not in told


@pytest.mark.parametrize(
    "markup",
    [
        f"{PANELS}</div><div style='display:none'>words</div>",
        f"{PANELS}</div><section hidden>words</section>",
        f"{PANELS}<p style='display:none'>words</p></div>",
        "<details><summary>s</summary><p style='display:none'>words</p></details>",
        f"<h3>{BUTTON}</h3><div hidden>b</div><p>z</p><div hidden>words</div>",
        "<script></script><div style='display:none'>words</div>",
        "<script></script><section style='display:none'>words</section>",
        "<div class=panel style='display:none'>words</div>",
        "<a href='#two'>2</a><div id=two style='display:none'>words</div>",
        "<div role=dialog style='display:none'>words</div>",
        "<table><tr><td>a<td>b<tr style='display:none'><td>words<td>c</table>",
        "<table><tr><td>a<td style='display:none'>words<tr><td>c<td>d</table>",
        "<template><p>words</p></template>",
    ],
)
def test_what_nobody_can_open_is_left_out_and_told(markup):
    words, told = read_page(markup)
    assert "words" not in words and "hidden" in told and "Seen." in words


@pytest.mark.parametrize(
    ("raised", "text"),
    [
        ("5,000<span style='vertical-align:super'>2</span> girls", "5,000[2] girls"),
        ("<style>.s{vertical-align:super}</style>5,000<span class=s>2</span> girls", "5,000[2] girls"),
        ("5,000<span style='position:relative;top:-.5em;font-size:70%'>2</span>", "5,000[2]"),
        ("5,000<span style='vertical-align:5px'>2</span>", "5,000[2]"),
        ("5,000<span style='vertical-align:1px'>2</span>", "5,0002"),
        ("5,000<span style='font-variant-position:super'>2</span>", "5,000[2]"),
        ("5,000<b style='vertical-align:super'><i>2</i></b>", "5,000[2]"),
        ("5,000<sup>2<span style='display:none'>hidden</span></sup>", "5,000[2]"),
        ("5,000<sup>2</sup><sup>,</sup><sup>3</sup>", "5,000[2],[3]"),
        ("5,000<sup>i</sup>, 60<sup>†</sup>, 35%<sup>2</sup>", "5,000[i], 60†, 35%[2]"),
        ("(5,000 girls)<sup>3</sup> on 12 km<sup>2</sup>", "(5,000 girls)[3] on 12 km²"),
        ("CO<span style='vertical-align:sub'>2</span>, 1<sup>st</sup>", "CO₂, 1st"),
        ("<b style='position:relative;top:-5px'>40</b> girls", "40 girls"),
    ],
)
def test_marks_that_styles_raise_run_into_no_number(raised, text):
    lines, _notices = read(f"<p>{raised}</p>".encode())
    assert [line.text for line in lines] == [text]
