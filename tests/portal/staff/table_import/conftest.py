import pytest

from tests.support.people import alice


@pytest.fixture
def editor(client):
    """A client that is logged in as Alice."""
    client.force_login(alice())
    return client
