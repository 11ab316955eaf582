"""The two browsers of a review: Alice's, who edits, and Bob's, who publishes; and words that are withheld."""

import pytest
from django.test import Client

from organisation.models import Mend, Passage, SourceNote
from tests.support.factory import a_claim, a_source, a_statement, cite, published
from tests.support.people import alice, bob
from tests.support.withheld import NAMED, TEXT


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


@pytest.fixture
def bobs(db):
    client = Client()
    client.force_login(bob())
    return client


@pytest.fixture
def source():
    return a_source("Log of the harbour", text=TEXT)


@pytest.fixture
def claim(source):
    """A claim that quotes the words, of which a source that other records cite has more."""
    claim = a_claim("Somebody told us", source=source)
    cite(claim, source, passage=Passage.objects.quote(source, NAMED))
    cite(a_statement("We land."), source, passage=Passage.objects.quote(source, "We land."))
    line = Passage.objects.quote(source, TEXT.split("\n")[1])
    other = a_claim("We taught 40 pilots", source=source)
    cite(other, source, passage=line)
    Mend.objects.create(passage=line, says="Zugzwang", shows="Zugzwangs", why="A slip")
    SourceNote.objects.create(passage=line, note="No record of ours.")
    published(other)
    return published(claim)
