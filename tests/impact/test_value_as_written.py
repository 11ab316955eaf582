"""A number as written is read as a value, and one that is typed is compared with it."""

import pytest

from tests.support.factory import a_claim, a_figure, a_passage
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice
from tests.support.review import claim_form

pytestmark = pytest.mark.django_db


SAID = "We taught over 4,500 pilots in 14 ports"


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


def quoting(passage_words=SAID, statement=SAID, **figure):
    """Returns a draft that cites one passage and gives one figure: over 4,500 pilots, if nothing else."""
    passage = a_passage(passage_words)
    claim = a_claim(statement, source=passage.source)
    claim.citations.update(passage=passage)
    defaults = {"value": 4500, "qualifier": "over", "as_written": "over 4,500"}
    a_figure(claim, **defaults | figure)
    return claim


def test_the_form_reads_the_value_from_the_number_as_written(desk):
    claim = quoting()
    form = claim_form(claim)
    claim.figures.update(qualifier="")
    data = filled_in(desk.get(form), **{"figures-0-value": ""})
    assert desk.post(form, data).status_code == 302
    figure = claim.figures.get()
    assert (figure.value, figure.qualifier) == (4500, "over")
    page = desk.post(form, data | {"seen": desk.get(form).context["seen"], "figures-0-as_written": "many"})
    assert "Give the value in digits: it cannot be read from the words." in errors_in(page)


@pytest.mark.parametrize(("typed", "value"), [({}, 14), ({"figures-0-value": "15"}, 15)])
def test_another_number_as_written_takes_its_value_along_unless_that_is_typed(desk, typed, value):
    claim = quoting()
    form = claim_form(claim)
    data = filled_in(desk.get(form), **{"figures-0-as_written": "14"} | typed)
    assert desk.post(form, data).status_code == 302
    assert claim.figures.get().value == value
