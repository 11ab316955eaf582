import json
from importlib import import_module

import pytest
from django.core.exceptions import ValidationError

from organisation.reader_process import SENTENCES
from organisation.reader_process.unreadable import Unreadable
from tests.support.people import alice
from tests.support.sampling import WHOLE_IS_ASKED


@pytest.fixture
def editor(client):
    """A client that is logged in as Alice."""
    client.force_login(alice())
    return client


@pytest.fixture
def in_a_child():
    """Has a table read in a process of its own, as on the site: for what is hostile."""


@pytest.fixture(autouse=True)
def in_this_process(request, monkeypatch):
    """Reads the other tables without starting a process for each; the drill starts one."""
    if not WHOLE_IS_ASKED and "in_a_child" not in request.fixturenames:
        monkeypatch.setattr("portal.staff.table_import.spreadsheet.read_in_child", read_here)


def read_here(reader, contents, sentences, **arguments):
    try:
        return json.loads(json.dumps(import_module(reader).read(contents, **arguments)))
    except Unreadable as refusal:
        sentence = (SENTENCES | sentences)[refusal.code]
        raise ValidationError(sentence, params=refusal.details) from refusal
