import pytest

from tests.support.desk import DESK


@pytest.fixture
def open_page(client):
    """Logs a user in and returns the HTML of a page, of the desk unless another path is given."""

    def open_page(user, path=DESK):
        client.force_login(user)
        response = client.get(path, follow=True)
        assert response.status_code == 200
        return response.content.decode()

    return open_page
