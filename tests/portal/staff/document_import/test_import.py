"""The text of an imported document is kept exactly, without what only looks like its text."""

import hashlib

import pytest
from django.conf import settings
from django.urls import reverse

from organisation.models import Organisation, Source
from portal.models import DocumentImport
from portal.staff.document_import import views
from tests.support.documents import NAMESPACE, REVIEW, docx, paragraph, run
from tests.support.factory import an_organisation
from tests.support.people import alice, bob, staff_with
from tests.support.proposals import decide, form_of
from tests.support.uploads import document_fields, upload_document

pytestmark = pytest.mark.django_db


def import_document(client, name, contents, **changes):
    """Uploads a document and returns its source."""
    before = set(Source.objects.values_list("pk", flat=True))
    response = upload_document(client, name, contents, **changes)
    source = Source.objects.exclude(pk__in=before).get()
    assert response.url == reverse("admin:reading", args=[source.pk])
    return source


def test_a_text_is_kept_sign_for_sign(client):
    text = "  A title\n\nRoméo’s – “words”\u00a0here;\n  • and an item\n"
    source = import_document(client, "a.txt", text.encode())
    assert source.text == text
    assert source.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (source.title, source.kind, source.author.slug, source.slug) == (
        "A text",
        "web page",
        "harbour-aid",
        "a-text",
    )
    assert (source.document_import.file_name, source.document_import.brought_by) == ("a.txt", alice())


@pytest.mark.parametrize(
    "contents", [b"one\r\ntwo", "one\r\ntwo".encode("utf-8-sig"), "one\r\ntwo".encode("utf-16")]
)
def test_line_ends_and_marks_of_encoding_are_no_words(client, contents):
    assert import_document(client, "a.txt", contents).text == "one\ntwo"


def test_a_word_document_is_read_in_its_order_with_what_its_styles_say(client):
    table = (
        "<w:tbl>"
        + "".join(
            f"<w:tr>{cells}</w:tr>"
            for cells in (
                "".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in row)
                for row in (("2022", "40"), ("2023", "60"))
            )
        )
        + "</w:tbl>"
    )
    source = import_document(client, "review.docx", docx(*REVIEW[:5], table, paragraph("After it.")))
    assert source.text.split("\n")[:3] == [
        "Annual review",
        "The Harbour Project is a charity in a harbour town. "
        "It was founded in March 2011 by a group of teachers.",
        "What we achieved",
    ]
    assert source.text.endswith("We printed two readers.\n2022\t40\n2023\t60\nAfter it.")
    kinds = {source.text[start:end]: kind for start, end, kind, _number in source.document_import.parts}
    assert kinds["Annual review"] == kinds["What we achieved"] == "heading"
    assert kinds["We printed two readers."] == "item" and kinds["2022\t40"] == "row"


def test_a_heading_above_another_is_no_empty_one_where_the_file_tells_them(client):
    source = import_document(
        client,
        "a.docx",
        docx(
            *REVIEW[:1],
            paragraph("Our work", "Mine"),
            paragraph("In the north", "berschrift1"),
            paragraph("We teach pupils."),
        ),
    )
    page = client.get(reverse("admin:reading", args=[source.pk]))
    assert [item.kind for block in page.context["page"] for item in block.items] == ["statement"]


def test_what_a_word_document_strikes_out_or_hides_is_left_out_with_a_warning(client):
    struck = (
        '<w:del w:author="x"><w:r><w:delText>struck</w:delText></w:r></w:del>'
        f"<w:moveFrom>{run('moved away')}</w:moveFrom>"
    )
    hidden = (
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>, shown</w:t></w:r>'
    )
    field = '<w:r><w:instrText>PAGE</w:instrText></w:r><w:commentReference w:id="1"/>'
    added = f"<w:ins>{run(' and added')}</w:ins>"
    comments = {"word/comments.xml": f"<w:comments {NAMESPACE}>{paragraph('a comment')}</w:comments>"}
    response = upload_document(
        client, "a.docx", docx(f"<w:p>{run('Kept')}{struck}{hidden}{field}{added}</w:p>", **comments)
    )
    assert Source.objects.get(title="A text").text == "Kept, shown and added"
    page = client.get(response.url).content.decode()
    assert "what was added is kept, what was struck out is not" in page and "has hidden words" in page


def test_the_notes_at_the_foot_of_a_word_document_come_last(client):
    footnote = f'<w:footnote w:id="1">{paragraph("A note.")}</w:footnote>'
    notes = {"word/footnotes.xml": f"<w:footnotes {NAMESPACE}>{footnote}</w:footnotes>"}
    body = f'<w:p>{run("A sentence.")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    assert import_document(client, "a.docx", docx(body, **notes)).text == "A sentence.[1]\n[1] A note."


def test_a_text_box_is_read_once(client):
    content = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    box = f"<mc:Choice>{content}</mc:Choice><mc:Fallback>{content}</mc:Fallback>"
    body = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:r><mc:AlternateContent>{box}</mc:AlternateContent></w:r>{run('Around it.')}</w:p>"
    )
    assert import_document(client, "a.docx", docx(body)).text == "Around it.\nIn a box."


def test_a_page_is_read_as_a_reader_sees_it(client):
    markup = """<!DOCTYPE html><html><head><title>Head</title><style>p {color: red}</style></head><body>
    <nav>Menu</nav><h1>A  heading</h1><p onclick="steal()">One &amp;
    two&nbsp;three<script>alert(1)</script><!-- no --></p><iframe src="https://example.org/">frame</iframe>
    <p hidden>gone</p><p style="display: none">gone too</p>
    <p>Kept <del>struck</del><ins>added</ins><br>below</p>
    <ul><li>First<li><p>Second</p></ul><table><tr><th>Year<td>2023</table><noscript>none</noscript>
    <p>&#0;&#xD800;End</p></body></html>"""
    source = import_document(client, "a.html", markup.encode())
    assert source.text.split("\n") == [
        "A heading",
        "One & two\u00a0three",
        "Kept added",
        "below",
        "First",
        "Second",
        "Year\t2023",
        "\ufffd\ufffdEnd",
    ]
    kinds = {source.text[start:end]: kind for start, end, kind, _number in source.document_import.parts}
    assert (kinds["A heading"], kinds["First"], kinds["Second"], kinds["Year\t2023"]) == (
        "heading",
        "item",
        "item",
        "row",
    )


def test_a_page_reaches_nothing_outside_itself(client):
    markup = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><base href="https://example.org/">'
        '<p>One &x; two<img src="a.png" alt="three">'
    )
    assert import_document(client, "a.html", markup.encode()).text.split("\n")[-1] == "One &x; two"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("iso-8859-1", "windows-1252"), ("windows-1252", "windows-1252"), ("UTF-8", "utf-8")],
)
def test_a_page_may_say_its_encoding(client, charset, encoding):
    markup = f'<meta charset="{charset}"><p>Roméo’s'
    assert import_document(client, "a.htm", markup.encode(encoding)).text == "Roméo’s"


def test_a_document_imported_twice_leads_to_the_first(client):
    first = import_document(client, "a.txt", b"The same words.")
    response = upload_document(client, "b.html", b"<p>The same words.</p>", title="Another title")
    assert response.url == reverse("admin:reading", args=[first.pk])
    assert (
        "on record already, as “A text”: nothing was stored a second time"
        in client.get(response.url).content.decode()
    )
    assert DocumentImport.objects.count() == 1 and not Source.objects.filter(title="Another title").exists()


def test_a_text_that_was_on_record_before_leads_to_its_source(client):
    text = (settings.FIXTURES_DIR / "sources/csi-who-we-are.txt").read_bytes()
    assert upload_document(client, "a.txt", text).url == reverse(
        "admin:reading", args=[Source.objects.get(slug="csi-who-we-are").pk]
    )


def test_without_title_and_subject_nothing_is_stored(client):
    response = upload_document(client, "a.txt", b"Words.", title="")
    assert response.context["form"].errors["__all__"] == [
        "Give the title or, where none is known, the subject in the words of the text that names it."
    ]
    assert not DocumentImport.objects.exists()


def test_a_document_for_readers_needs_a_tick_and_is_public_once_somebody_else_has_accepted_it(client):
    response = upload_document(client, "a.txt", b"Words.", kind="report")
    assert "is for readers: tick this" in response.context["form"].errors["may_be_read"][0]
    assert not DocumentImport.objects.exists()
    source = import_document(client, "a.txt", b"Words.", kind="report", may_be_read="on")
    said = client.get(form_of(source)).content.decode()
    assert "“A text” is proposed. Readers see it once somebody else has accepted it." in said
    client.logout()
    for name in ("source", "publication"):
        assert client.get(reverse(name, args=[source.slug])).status_code == 404
    decide(bob())
    source.refresh_from_db()
    assert source.kind == "report"
    assert client.get(source.get_absolute_url()).status_code == 200


def test_a_report_is_hidden_whose_author_is_given_a_profile_while_it_is_brought_in(client, monkeypatch):
    author, found = an_organisation("Pier School"), views.source_with_text

    def give_a_profile_meanwhile(text):
        Organisation.objects.filter(pk=author.pk).update(profiled=True)
        return found(text)

    monkeypatch.setattr(views, "source_with_text", give_a_profile_meanwhile)
    source = import_document(client, "a.txt", b"Words.", kind="report", author=author.pk)
    said = client.get(form_of(source)).content.decode()
    assert "“A text” is proposed. Readers see it once somebody else has accepted it." in said
    client.logout()
    for name in ("source", "publication"):
        assert client.get(reverse(name, args=[source.slug])).status_code == 404


def test_a_report_of_an_organisation_without_a_profile_is_kept_as_one(client):
    author = an_organisation("Pier School")
    source = import_document(client, "a.txt", b"Words.", kind="report", author=author.pk)
    assert (source.kind, source.is_public) == ("report", False)


def test_one_person_alone_brings_in_a_document_that_is_public_at_once(client, alone):
    source = import_document(client, "a.txt", b"Words.", kind="report", may_be_read="on")
    client.logout()
    assert client.get(source.get_absolute_url()).status_code == 200


def test_the_kind_of_a_document_is_no_other_than_that_of_a_publication(client):
    source = import_document(client, "a.txt", b"Words.")
    address = reverse("admin:source-kind", args=[source.pk])
    assert client.post(address, {"kind": "treaty"}).status_code == 400
    assert client.get(address).status_code == 405
    client.force_login(staff_with("view_source"))
    assert client.post(address, {"kind": "report"}).status_code == 403
    source.refresh_from_db()
    assert source.kind == "web page"


def test_any_other_document_stays_hidden_from_visitors(client):
    source = import_document(client, "a.txt", b"Words of zugzwang.")
    assert "A text" not in client.get("/admin/").content.decode().split("Last public changes")[1]
    client.logout()
    assert client.get(source.get_absolute_url()).status_code == 404
    assert "A text" not in client.get("/sources/").content.decode()
    for name in ("new-document", "reading", "reading-held"):
        assert (
            client.get(
                reverse(f"admin:{name}", args=[] if name == "new-document" else [source.pk])
            ).status_code
            == 302
        )


def test_a_document_whose_name_is_taken_gets_an_address_of_its_own(client):
    assert import_document(client, "a.txt", b"One.").slug == "a-text"
    assert import_document(client, "a.txt", b"Two.").slug == "a-text-2"


def test_the_desk_and_the_sources_link_to_the_import(client):
    client.force_login(alice())
    source = Source.objects.get(slug="csi-who-we-are")
    for page in ("/admin/", reverse("admin:organisation_source_changelist"), "/admin/search/?q=bring"):
        assert reverse("admin:new-document") in client.get(page).content.decode(), page
    assert (
        reverse("admin:reading", args=[source.pk])
        in client.get(reverse("admin:organisation_source_change", args=[source.pk])).content.decode()
    )
    assert set(document_fields()) <= set(client.get(reverse("admin:new-document")).context["form"].fields)


def test_whose_author_is_not_in_the_list_is_named_there_by_who_may_add_organisations(client):
    for user, may in ((alice(), True), (staff_with("add_source"), False)):
        client.force_login(user)
        page = client.get(reverse("admin:new-document")).content.decode()
        assert ("Or another body as its author" in page) is may
