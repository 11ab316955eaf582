"""Words that stand behind others within the same part, as in “a <b>b</b> c”, are none the less its words."""

from portal.staff.document_import.readers.html_page import read as read_page
from portal.staff.document_import.readers.odt import read as read_odt
from tests.support.open_documents import element, odt


def texts_of(markup):
    return [line.text for line in read_page(markup.encode())[0]]


def test_an_entry_of_a_contents_list_is_no_mark_of_a_note_for_its_number():
    entry = '<a class="reference internal" href="#one"><span>1 </span>Structure</a>'
    other = '<a class="reference internal" href="#two"><span>2 </span>Body</a>'
    assert texts_of(f"<nav role=doc-toc>{entry}<p>{other}</p></nav><p id=one>a<p id=two>b") == [
        "1 Structure",
        "2 Body",
        "a",
        "b",
    ]


def test_the_name_of_a_tab_is_kept_whole():
    tab = '<a role=tab href="#b">Our <b>facts</b> of the <i>year</i> in short</a>'
    assert texts_of(f"<div role=tablist>{tab}</div><div role=tabpanel id=b>We won.</div>") == [
        "Our facts of the year in short",
        "We won.",
    ]


def test_a_header_forbids_publication_in_words_of_several_kinds():
    _lines, notices = read_page(b"<div title=header><p><b>Not</b> for publication</p></div><p>a")
    assert ("forbidden", "Not for publication") in [tuple(each) for each in notices]
    words = f"{element('text:span', 'Not')} for publication"
    master = element("style:master-page", element("style:header", element("text:p", words)))
    _lines, notices = read_odt(odt(element("text:p", "a"), masters=master))
    assert ("forbidden", "Not for publication") in [tuple(each) for each in notices]
