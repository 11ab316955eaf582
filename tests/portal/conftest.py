import pytest
from django.db import connection

from tests.browser.site import Site, copy_of_the_tests_database
from tests.support.postgresql import path_with_programs


@pytest.fixture(scope="module")
def own_site(django_db_setup, django_db_blocker, tmp_path_factory):
    """A seeded site on a folder and a database of its own, whose commands run as processes of their own."""
    folder = tmp_path_factory.mktemp("own")
    with django_db_blocker.unblock(), copy_of_the_tests_database(connection, "own", folder) as address:
        yield Site(folder, address, PATH=path_with_programs(), SECRET_KEY="a key that no backup may hold")
