import pytest
from django.core.exceptions import ValidationError

from organisation.dates import partial_date_text, typed_date, validate_partial_date
from organisation.models import Affiliation, Organisation, Statement


@pytest.mark.parametrize(
    ("value", "text"),
    [("2002", "2002"), ("1998-05", "May 1998"), ("2002-02-12", "12 February 2002"), ("", "not stated")],
)
def test_a_date_reads_as_precisely_as_its_source_states_it(value, text):
    assert partial_date_text(value) == text


@pytest.mark.parametrize("value", ["98", "1998-13", "2002-02-30", "May 1998", "1998-5", "٢٠٠٢"])
def test_what_is_no_date_is_refused_with_what_to_write_instead(value):
    with pytest.raises(ValidationError, match="write 2002, 1998-05 or 2002-02-12, or leave it empty"):
        validate_partial_date(value)


@pytest.mark.parametrize(
    ("start", "end"), [("2002", "2001"), ("1998-05", "1998-04"), ("1998-05", "1997"), ("2002", "2001-12")]
)
def test_an_end_before_its_start_is_refused(db, start, end):
    organisation = Organisation(slug="o", official_name="O", founded=start, closed=end)
    with pytest.raises(ValidationError, match="The end is before the start: correct one of the two dates"):
        organisation.full_clean()


@pytest.mark.parametrize(
    ("start", "end"), [("2002", "2002"), ("1998-05", "1998"), ("1998", "1998-05"), ("", "2001"), ("2001", "")]
)
def test_dates_that_could_be_in_order_are_taken(db, start, end):
    Organisation(slug="o", official_name="O", founded=start, closed=end).full_clean()


@pytest.mark.parametrize("model", [Affiliation, Statement])
def test_validity_ends_after_it_starts(db, model):
    record = model(valid_from="2002", valid_to="2001")
    with pytest.raises(ValidationError, match="The end is before the start"):
        record.full_clean()


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        *[("May-98", "1998-05"), ("may 1998", "1998-05"), ("mai-98", "1998-05"), ("Sept. 2007", "2007-09")],
        *[("Jan-00", "2000-01"), ("12 February 2002", "2002-02-12"), ("1-févr.-2002", "2002-02-01")],
        *[("2002", "2002"), ("1998-05", "1998-05"), ("31/12/2002", "31/12/2002"), ("jui-98", "jui-98")],
    ],
)
def test_a_month_in_words_is_read_as_a_spreadsheet_means_it(typed, date):
    assert typed_date(typed) == date


@pytest.mark.parametrize("typed", ["May-05", "May-31", "12/02/2002", "1.2.98", "12-Feb-02"])
def test_a_date_that_can_be_read_in_two_ways_is_none(typed):
    with pytest.raises(ValidationError, match="can be read in two ways"):
        typed_date(typed)
