import pytest
from django.contrib.auth import get_user_model

from portal.accounts.start.progress import Progress

from .steps import open_start


@pytest.fixture
def nobody(db, settings, tmp_path):
    """Leaves a site without people, whose folder is its own."""
    settings.VAR_DIR = tmp_path
    get_user_model().objects.filter(is_staff=True).update(is_active=False)


@pytest.fixture
def begun(nobody, client, quick_passwords):
    """Begins a start, which the client has opened."""
    open_start(client, Progress().new_token())
