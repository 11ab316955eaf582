"""The two browsers of a review: Alice's, who edits, and Bob's, who publishes."""

import pytest
from django.test import Client

from tests.support.people import alice, bob


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


@pytest.fixture
def bobs(db):
    client = Client()
    client.force_login(bob())
    return client
