import pytest


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Gives each test a folder of its own for what lies outside the database."""
    settings.VAR_DIR = tmp_path
    return tmp_path
