import pytest

from tests.support.transactions import own_database


@pytest.fixture(autouse=True)
def real_transactions(django_db_setup, django_db_blocker, tmp_path):
    """Gives each test a database of its own, in which transactions end as they do on the site."""
    with django_db_blocker.unblock(), own_database(tmp_path):
        yield
