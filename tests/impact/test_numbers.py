"""Numbers as people write them, and as the portal reads them."""

from decimal import Decimal

import pytest

from impact.numbers import find_written, numbers_in, qualifier_before, read_number, written_number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("4500", "4500"),
        ("4,500", "4500"),
        ("1 240", "1240"),
        ("1\u00a0240", "1240"),
        ("1\u202f240\u202f000", "1240000"),
        ("12’500", "12500"),
        ("12'500", "12500"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("12,34,567", "1234567"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,5", "1234.5"),
        ("1,24", "1.24"),
        ("0,500", "0.5"),
        ("2.5", "2.5"),
        ("250 million", "250000000"),
        ("€1,2 million", "1200000"),
        ("$3m", "3000000"),
        ("5bn", "5000000000"),
        ("2½ million", "2500000"),
        ("two hundred thousand", "200000"),
        ("two", "2"),
        ("Twenty-five", "25"),
        ("two hundred and five", "205"),
        ("one hundred", "100"),
        ("a dozen", "12"),
        ("two dozen", "24"),
        ("35 %", "35"),
        ("35 per cent", "35"),
        ("٤٥٠٠", "4500"),
        ("٤٬٥٠٠", "4500"),
        ("४५००", "4500"),
        ("４５００", "4500"),
        ("half", "0.5"),
        ("one in six", "0.17"),
        ("1 in 6", "0.17"),
        ("two thirds", "0.67"),
        ("three out of four", "0.75"),
        ("deux cent quatre-vingt-dix-sept", "297"),
        ("soixante et onze", "71"),
        ("quatre-vingts", "80"),
        ("vingt et un", "21"),
        ("deux mille cinq cents", "2500"),
        ("un million", "1000000"),
        ("3,5 millions", "3500000"),
        ("2 milliards", "2000000000"),
        ("CHF 12’500", "12500"),
        ("1 200 €", "1200"),
        ("5 M€", "5000000"),
        ("US$ 3 million", "3000000"),
        ("35 pour cent", "35"),
        ("la moitié", "0.5"),
        ("les deux tiers", "0.67"),
        ("un enfant sur six", "0.17"),
        ("sept écoles sur dix", "0.7"),
        ("1,2\u00ad40", "1240"),
    ],
)
def test_a_number_that_is_written_plainly_has_one_value(written, value):
    assert read_number(written).values == (Decimal(value),)


@pytest.mark.parametrize(
    ("written", "value"), [("one in six", "16.67"), ("half", "50"), ("three quarters", "75"), ("12 %", "12")]
)
def test_a_share_is_counted_in_hundredths_where_the_unit_is_per_cent(written, value):
    for unit in ("%", "per cent", "percent"):
        assert read_number(written, unit).values == (Decimal(value),)


@pytest.mark.parametrize(
    ("written", "values"), [("1.240", ("1240", "1.24")), ("3.200", ("3200", "3.2")), ("1,240", ("1240",))]
)
def test_a_mark_that_the_language_does_not_put_between_thousands_is_read_both_ways(written, values):
    assert read_number(written).values == tuple(map(Decimal, values))


def test_the_language_of_a_text_says_which_mark_stands_between_thousands():
    assert read_number("1,240", language="en").values == (Decimal(1240),)
    assert read_number("1,240", language="fr").values == (Decimal(1240), Decimal("1.24"))


def test_the_language_of_the_site_says_which_mark_stands_between_thousands(settings):
    settings.LANGUAGE_CODE = "de"
    assert read_number("1.240").values == (Decimal(1240),)
    assert read_number("1,240").values == (Decimal(1240), Decimal("1.24"))


@pytest.mark.parametrize(
    "written",
    [
        "",
        "numerous",
        "between 10 and 15",
        "10-15",
        "10 to 15",
        "12 35",
        "1.2.3",
        "1,2,3",
        "two three",
        "35 ports",
    ]
    + ["six in one", "twenty twelve", "over", "two tiers", "deux thirds", "un six", "deux deux", "cent cent"]
    + ["12 schools in 40", "5 billions"],
)
def test_what_is_not_understood_whole_has_no_value(written):
    assert read_number(written) is None


@pytest.mark.parametrize(
    ("written", "qualifier"),
    [
        ("35", ""),
        ("over 35", "over"),
        ("Over\n35", "over"),
        ("more than 35", "more than"),
        ("no fewer than 35", "at least"),
        ("almost 35", "nearly"),
        ("overall 35", None),
        ("plus de 35", "more than"),
        ("plus d’un million", "more than"),
        ("près de 35", "nearly"),
        ("jusqu’à 35", "up to"),
    ],
)
def test_the_words_before_a_number_are_its_qualifier(written, qualifier):
    reading = read_number(written)
    assert (reading and reading.qualifier) == qualifier


@pytest.mark.parametrize(
    ("written", "text", "is_found"),
    [
        ("14", "in 14 districts", True),
        ("14", "in 2014", False),
        ("14", "14.", True),
        ("14", "14,000", False),
        ("240", "1 240 teachers", False),
        ("240", "in 2014 240 teachers", True),
        ("1 240", "1\u00a0240 teachers", True),
        ("over 35", "Over\n35 ports", True),
        ("two", "twofold", False),
        ("two", "Two ports", True),
        ("5", "2.5", False),
        ("12’500", "12'500 people", True),
        ("4500", "٤٥٠٠", True),
        ("35", "35か国", True),
        ("10", "E10", False),
        ("4", "4 million children", False),
        ("4,500", "4,500 thousand boats", False),
        ("250", "over 250 million", False),
        ("250 million", "over 250 million", True),
        ("4", "4½ years", False),
        ("five", "twenty-five ports", False),
        ("five", "five hundred ports", False),
        ("hundred", "two hundred ports", False),
        ("two", "two five-year plans", True),
        ("", "35", False),
        (" ", "a b", False),
    ],
)
def test_a_number_is_found_letter_by_letter_and_never_within_another_one(written, text, is_found):
    assert bool(find_written(written, text)) is is_found


def test_the_numbers_of_a_text_are_those_in_digits_and_those_in_words():
    text = (
        "In 2014 over 4,500 people of twenty-five ports and 1 240 crews came on one day; half of them "
        "again, and 3 million later, in hundreds. E10, headquarters. Over 4,500."
    )
    assert numbers_in(text) == ["2014", "4,500", "twenty-five", "1 240", "half", "3 million", "hundreds"]


def test_the_numbers_of_a_text_may_be_french_and_are_none_where_english_has_the_words():
    text = "Vingt et un enfants, deux mille parents et 3 millions de livres; 35 per cent on 5 Sept; the UN."
    assert numbers_in(text) == ["Vingt et un", "deux mille", "3 millions", "35", "5"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("½ of the ports", ["½"]),
        ("4½ million", ["4½ million"]),
        ("tens of thousands of ports", ["tens of thousands"]),
        ("zero ports", ["zero"]),
        ("3 trillion", ["3 trillion"]),
        ("a third of the ports, in its third year", ["third"]),
        ("twice as many", ["twice"]),
    ],
)
def test_numbers_that_are_no_plain_digits_are_seen_as_well(text, numbers):
    assert numbers_in(text) == numbers


def test_a_value_is_found_in_a_text_with_the_words_before_it():
    text = "Over 4,500 people from 55 ports, nearly 250 million in all, 1.240 of them in a dozen."
    for value, written in (
        (4500, "Over 4,500"),
        (55, "55"),
        (250_000_000, "nearly 250 million"),
        (12, "dozen"),
        (1240, ""),  # it can be read in two ways
        (4700, ""),
    ):
        assert written_number(Decimal(value), "people", text) == written


def test_the_qualifier_of_a_number_can_stand_before_it():
    assert qualifier_before("35", "There are more\nthan 35 ports") == "more than"
    assert qualifier_before("35", "There are 35 ports") == ""
    assert qualifier_before("36", "There are over 35 ports") == ""
