"""The day of publication and who signed a document are taken from a cover that says them plainly."""

import pytest

from organisation.models import Source
from portal.staff.document_import.document import join_lines
from portal.staff.document_import.readers.shape import HEADING, ITEM, PARAGRAPH, Line
from portal.staff.document_import.rules.cover_facts import CoverFacts, cover_facts
from tests.support.uploads import upload_document

REST = [Line("Our results", HEADING, 1), Line("This is what we have done for the children of the islands.")]


def facts(*cover):
    document = join_lines([Line(line, PARAGRAPH) for line in cover] + REST)
    return cover_facts(*document, known_bodies={"Harbour Light"})


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Port Sabel, 12 March 2031", "2031-03-12"),
        ("12 March 2031", "2031-03-12"),
        ("March 2031", "2031-03"),
        ("Published: March 2031", "2031-03"),
        ("Published 2031", "2031"),
        ("Date: 2031-03-12", "2031-03-12"),
        ("Port-Sabel, le 1er mars 2031", "2031-03-01"),
        ("Publié en mars 2031", "2031-03"),
        ("2031", ""),
        ("Annual report 2031", ""),
        ("Period: January 2031", ""),
        ("Printed in March 2031", ""),
    ],
)
def test_a_line_of_a_cover_that_is_a_date_says_when_it_was_published(line, published):
    assert facts("The long way home", line).published == published


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Quell", "Ada Quell"),
        ("Written by Ada Quell and Oru van Vane", "Ada Quell and Oru van Vane"),
        ("Authors: Ada Quell, Oru Vane", "Ada Quell, Oru Vane"),
        ("author: Ada Quell", "Ada Quell"),
        ("Rédigé par Ada Quell et Oru Vane", "Ada Quell et Oru Vane"),
        ("By the sea", ""),
        ("By Easter Sunday", ""),
        ("Prepared for Ada Quell", ""),
        ("Photos by Ada Quell", ""),
        ("Prepared by the University of Norvania", ""),
        ("Prepared by Norvania University", ""),
        ("By Lantern Aid", ""),
        ("By Ada Quell and Harbour Light", ""),
        ("Rédigé par Université de Norvanie", ""),
    ],
)
def test_a_line_of_a_cover_says_which_persons_signed_it(line, names):
    assert facts("The long way home", line).byline == names


def test_two_dates_or_two_lines_of_names_say_neither():
    assert (
        facts("The long way home", "March 2031", "April 2031", "By Ada Quell", "By Oru Vane") == CoverFacts()
    )
    assert facts("The long way home", "March 2031", "Published: April 2031").published == "2031-04"


def test_what_stands_behind_the_cover_says_nothing_of_the_document():
    item = Line("We trained 40 teachers", ITEM)
    lines = [Line("The long way home"), item, Line("By Ada Quell", PARAGRAPH), Line("March 2031", PARAGRAPH)]
    assert cover_facts(*join_lines([*lines, *REST])) == CoverFacts()


TEXT = "\n\n".join(
    [
        "The long way home",
        "By Ada Quell",
        "12 March 2025",
        "We have worked with the families of the islands for years.",
    ]
)


@pytest.mark.django_db
def test_what_the_cover_says_is_kept_and_told(client):
    response = upload_document(client, "a.txt", TEXT.encode(), title="The long way home")
    source = Source.objects.latest("pk")
    assert (source.published, source.byline) == ("2025-03-12", "Ada Quell")
    page = client.get(response.url).content.decode()
    assert "Its cover says that it was published 2025-03-12 and signed by Ada Quell: that is kept." in page


@pytest.mark.django_db
def test_a_date_that_was_typed_outweighs_that_of_the_cover(client):
    response = upload_document(client, "a.txt", TEXT.encode(), title="The long way home", published="2026")
    assert Source.objects.latest("pk").published == "2026"
    assert (
        "Its cover says that it was signed by Ada Quell: that is kept."
        in client.get(response.url).content.decode()
    )
