from decimal import Decimal

import pytest
from django.utils import translation

from organisation.models import Statement
from organisation.templatetags.records import (
    figure_value,
    form_address,
    quoted,
    record_key,
    record_language,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("2.50", "2.5"),
        ("0.05", "0.05"),
        ("100.00", "100"),
        ("999", "999"),
        ("1000", "1,000"),
        ("4500.5", "4,500.5"),
        ("999999", "999,999"),
        ("1000000", "1 million"),
        ("1000000.00", "1 million"),
        ("1000001", "1,000,001"),
        ("1500000", "1,500,000"),
        ("2000000", "2 million"),
        ("250000000", "250 million"),
        ("1200000000", "1,200 million"),
    ],
)
def test_a_number_is_written_out_in_groups_and_whole_millions_in_words(value, text):
    assert figure_value(Decimal(value)) == text


def test_words_are_quoted_with_the_signs_of_the_language():
    assert quoted("We taught 40 pilots") == "“We taught 40 pilots”"


def test_a_record_says_in_which_language_it_is_where_the_page_is_in_another():
    assert record_language() == 'dir="auto"'
    with translation.override("ar"):
        assert record_language() == 'dir="auto" lang="en"'


def test_a_record_is_named_by_its_model_and_key_and_leads_to_its_form():
    statement = Statement(pk=12)
    assert record_key(statement) == "organisation.statement:12"
    assert form_address(statement) == "/admin/organisation/statement/12/change/"
