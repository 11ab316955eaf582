"""A document that an instrument or an ask names is public by that alone."""

import pytest
from django.test import Client

from tests.support.factory import a_page_with, a_source, an_ask, an_instrument, an_organisation
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, decide, propose, the_proposal
from tests.support.public_site import read

pytestmark = pytest.mark.django_db


def an_instrument_that_names(document):
    return an_instrument(source=document).get_absolute_url()


def an_ask_that_names(document):
    asking = an_organisation(profiled=True)
    an_ask(organisation=asking, status="achieved", status_source=document)
    return a_page_with("AsksPlugin")


@pytest.mark.parametrize("name_it", [an_instrument_that_names, an_ask_that_names])
def test_a_document_that_a_public_record_names_opens_and_is_found_and_its_change_is_proposed(name_it):
    document = a_source("Text of the treaty")
    assert Client().get(document.get_absolute_url()).status_code == 404
    page = name_it(document)
    assert Client().get(document.get_absolute_url()).status_code == 200
    assert document.get_absolute_url() in str(read(Client(), "/search/?q=text+of+the+treaty"))

    propose(alice(), document, title="Another title")
    assert page in [each["address"] for each in the_proposal().pages]
    assert "Another title" not in Client().get(page).content.decode()
    decide(bob())
    assert "Another title" in Client().get(page).content.decode()


def test_a_document_is_closed_and_found_no_more_once_nothing_names_it(alone):
    document, other = a_source("Text of the treaty"), a_source("Minutes of the league")
    instrument = an_instrument(source=document)
    propose(alice(), instrument, source=other.pk)
    assert Client().get(document.get_absolute_url()).status_code == 404
    assert document.get_absolute_url() not in str(read(Client(), "/search/?q=text+of+the+treaty"))
    assert other.get_absolute_url() in str(read(Client(), "/search/?q=minutes+of+the+league"))


def test_whoever_decides_reads_that_a_document_becomes_public_with_an_instrument():
    document, instrument = a_source("Text of the treaty"), an_instrument()
    propose(alice(), instrument, source=document.pk)
    shown = at_desk(bob()).get(the_proposal().get_absolute_url()).content.decode()
    assert "This document becomes public with it" in shown
