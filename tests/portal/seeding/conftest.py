import pytest

from .made_up import Fixtures


@pytest.fixture
def fixtures(settings, tmp_path):
    settings.FIXTURES_DIR = tmp_path
    return Fixtures(tmp_path)
