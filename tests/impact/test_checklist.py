"""The checklist of the review page, rule by rule."""

from datetime import timedelta

import pytest
from django.utils import timezone

from impact.checklist import RULES, findings
from impact.models import Claim, Conflict
from organisation.dates import partial_date_text
from organisation.models import Citation, Mend, Succession
from tests.support.factory import a_claim, a_figure, a_passage, a_source, an_organisation, cite

pytestmark = pytest.mark.django_db

QUOTATION = "We also teach pilots three times a year"
OWN_ONLY = (
    "Only the organisation itself says so: "
    "no partner and no independent source on record states or supports it."
)
NOT_WORD_FOR_WORD = (
    "No passage that is cited says the statement word for word: readers will see “in our words”."
)


@pytest.fixture
def claim():
    """A claim of which the checklist has nothing to say."""
    passage = a_passage(QUOTATION, author=an_organisation())
    claim = a_claim(QUOTATION, source=passage.source, as_of="2004")
    claim.citations.update(passage=passage)
    cite(claim, a_source("Port gazette", text="They teach."), "supports", "independent")
    return claim


def sentences(claim):
    return [finding.sentence for finding in findings(Claim.objects.get(pk=claim.pk))]


def change(claim, **values):
    for name, value in values.items():
        setattr(claim, name, value)
    claim.save()
    return claim


def test_of_a_claim_in_order_nothing_is_said(claim):
    assert sentences(claim) == []


def test_every_rule_says_in_one_sentence_what_it_wants():
    assert [rule.__name__ for rule in RULES if not (rule.__doc__ or "").endswith(".")] == []


def test_a_claim_and_each_figure_without_a_day(claim):
    figure = a_figure(claim, 3, label="times", unit="times")
    assert sentences(claim) == [
        "The figure “times” does not say for which day it holds: readers will see “not stated”."
    ]
    assert sentences(change(claim, as_of="")) == [
        "The claim and its figure “times” do not say for which day they hold: readers will see “not stated”."
    ]
    figure.as_of = "2004"
    figure.save()
    assert sentences(claim) == [
        "The claim does not say for which day it holds: readers will see “not stated”."
    ]
    assert sentences(change(claim, as_of="2004")) == []


@pytest.mark.parametrize(
    ("relation", "independence", "is_own_only"),
    [
        ("states", "own", True),
        ("supports", "own", True),
        ("supports in part", "own", True),
        ("context", "independent", True),
        ("repeats", "independent", True),
        ("states", "partner", False),
        ("states", "independent", False),
        ("supports", "partner", False),
        ("supports in part", "partner", False),
        ("supports", "independent", False),
    ],
)
def test_nothing_but_own_evidence(claim, relation, independence, is_own_only):
    claim.citations.filter(independence="independent").update(relation=relation, independence=independence)
    assert sentences(claim) == [OWN_ONLY] * is_own_only


def test_of_a_claim_that_nothing_states_it_is_not_said_who_says_so(claim):
    claim.citations.update(relation="context")
    assert OWN_ONLY not in sentences(claim)


def test_a_review_date_has_passed_on_the_day_after_it(claim):
    today = timezone.localdate()
    assert sentences(change(claim, review_by=today)) == []
    yesterday = today - timedelta(days=1)
    assert sentences(change(claim, review_by=yesterday)) == [
        f"The claim was to be looked at again by {partial_date_text(yesterday.isoformat())}, and nobody has."
    ]


@pytest.mark.parametrize(
    ("values", "is_lost"),
    [({}, True), ({"archived": "https://archive.example.org/news"}, False), ({"text": "Its words"}, False)],
)
def test_an_outside_source_without_a_copy(claim, values, is_lost):
    cite(claim, a_source("News", kind="news", address="https://example.org/news", **values), "context")
    assert sentences(claim) == is_lost * [
        "No archived copy of “News” is on record: the evidence is lost when its publisher takes it down."
    ]


def test_a_source_of_its_own_needs_no_archived_copy(claim):
    cite(claim, a_source("News", author=claim.organisation), "context")
    assert sentences(claim) == []


def test_a_sentence_of_more_than_thirty_words(claim):
    assert sentences(change(claim, limitations="It is so. " + "we do " * 15 + "it.")) == [
        "In “limitations” the sentence that begins “we do we do we do …” has 31 words."
    ]
    assert sentences(change(claim, limitations="It is so. " + "we do " * 14 + "do it.")) == []
    assert "In “statement” the sentence that begins “we do we do we do …” has 31 words." in sentences(
        change(claim, statement="we do " * 15 + "it.")
    )


@pytest.mark.parametrize(
    ("text", "lix"),
    [("Internationally acknowledged organisations disseminate recommendations.", 105), ("We do it now.", 0)],
)
def test_a_text_that_is_hard_to_read(claim, text, lix):
    assert sentences(change(claim, limitations=text)) == bool(lix) * [
        f"“limitations” is hard to read: its LIX is {lix}, and above 55 is heavy going."
    ]


@pytest.mark.parametrize(("long_words", "is_heavy"), [(7, False), (8, True)])
def test_a_text_is_heavy_going_above_a_lix_of_55(claim, long_words, is_heavy):
    """The LIX of a sentence of twenty words is 20, and 5 more for each that has more than six letters."""
    text = " ".join(["harbours"] * long_words + ["so"] * (20 - long_words)) + "."
    assert bool(sentences(change(claim, limitations=text))) is is_heavy


def test_a_superlative_without_an_independent_source_that_supports_it(claim):
    change(claim, statement="The first ever report on pilots")
    superlative = "“first ever”: nobody else before: an independent source would have to say so."
    outside = claim.citations.exclude(independence="own")
    for relation in Citation.Relation.values:
        for independence in ("partner", "independent"):
            outside.update(relation=relation, independence=independence)
            is_enough = independence == "independent" and relation in ("states", "supports")
            assert (superlative in sentences(claim)) is not is_enough


def test_words_that_age(claim):
    aging = "“currently”: speaks of a time that passes."
    assert aging in sentences(change(claim, statement="We currently teach pilots"))
    assert aging not in sentences(change(claim, statement="We taught pilots"))


def test_a_conflict_that_nobody_has_decided(claim):
    other = a_claim("We teach pilots")
    conflict = Conflict.objects.create(first=claim, second=other, rule="value")
    sentence = "It may disagree with {}, and nobody has decided whether it does: the figures differ."
    assert sentences(claim) == [sentence.format(other.reference)]
    assert sentence.format(claim.reference) in sentences(other)
    for decision in ("dismissed", "confirmed"):
        conflict.decision, conflict.why, conflict.decided_at = decision, "Another year", timezone.now()
        conflict.save()
        assert sentences(claim) == []


def test_a_statement_that_none_of_its_passages_says_as_found_or_mended(claim):
    change(claim, statement=QUOTATION.replace("pilots", "crews"))
    assert sentences(claim) == [NOT_WORD_FOR_WORD]
    Mend.objects.create(passage=claim.citations.first().passage, says="pilots", shows="crews", why="A test")
    assert sentences(claim) == []


def test_a_statement_may_be_part_of_a_passage_and_of_any_of_them(claim):
    assert sentences(change(claim, statement="teach pilots three times")) == []
    other = a_passage("We train crews.", author=claim.organisation)
    assert sentences(change(claim, statement="We train crews")) == [NOT_WORD_FOR_WORD]
    cite(claim, other.source, passage=other)
    assert sentences(claim) == []
    claim.citations.update(passage=None)
    assert sentences(claim) == [NOT_WORD_FOR_WORD]


FORMER = "“Pier Aid” is a former name of “Harbour Aid”, and no date goes with it."


@pytest.fixture
def pier_aid():
    earlier = an_organisation("Pier Aid", other_names="Quay Aid\nDock Aid")
    return Succession.objects.create(earlier=earlier, later=an_organisation(), kind="renamed")


@pytest.mark.parametrize(
    ("limitations", "as_of", "is_said"),
    [
        ("Said by Pier Aid.", "", True),
        ("Said by Dock Aid.", "", True),
        ("Said by Pier Aid in 2004.", "", False),
        ("Said by Pier Aid in 1999.", "", False),
        ("Said by Pier Aid in 1804.", "", True),
        ("Said by Pier Aid.", "2004", False),
        ("Said by Pier Aiders.", "", False),
        ("Said by Harbour Aid.", "", False),
    ],
)
def test_a_former_name_without_a_date(claim, pier_aid, limitations, as_of, is_said):
    change(claim, limitations=limitations, as_of=as_of)
    said = [sentence for sentence in sentences(claim) if "former name" in sentence]
    assert said == is_said * [FORMER.replace("Pier", limitations.split()[2])]


def test_the_name_of_an_organisation_that_merged_is_no_former_name(claim, pier_aid):
    pier_aid.kind = "merged"
    pier_aid.save()
    assert FORMER not in sentences(change(claim, limitations="Said by Pier Aid.", as_of=""))


def test_figures_without_a_day_are_named_together_and_those_with_one_are_not(claim):
    for label, as_of in (("pilots", ""), ("boats", "2004"), ("sails", "")):
        a_figure(claim, 3, label=label, as_of=as_of)
    assert sentences(claim)[0] == (
        "The figures “pilots” and “sails” do not say for which day they hold: readers will see “not stated”."
    )


@pytest.mark.parametrize(
    ("values", "is_told"),
    [
        ({"found_at": "A shelf"}, True),
        ({"publisher": "harbour"}, True),
        ({"author": "lantern"}, True),
        ({"author": "harbour"}, False),
    ],
)
def test_a_document_is_somebody_elses_by_its_author_and_told_once(claim, values, is_told):
    organisations = {"harbour": an_organisation(), "lantern": an_organisation("Lantern Fund")}
    source = a_source("Diary", **{name: organisations.get(value, value) for name, value in values.items()})
    for _time in range(2):
        cite(claim, source, relation="context", independence="independent")
    assert len([sentence for sentence in sentences(claim) if "No archived copy" in sentence]) is int(is_told)


@pytest.mark.parametrize("is_first", [True, False])
def test_an_open_conflict_is_told_to_both_claims_by_the_other_ones_reference(claim, is_first):
    other = a_claim("We taught 41 pilots")
    third = a_claim("We taught 42 pilots")
    Conflict.objects.create(first=claim, second=other, rule="role")
    Conflict.objects.create(first=other, second=third, rule="value")
    told = [each for each in sentences(claim if is_first else other) if "nobody has decided" in each]
    assert told[0] == (
        f"It may disagree with {(other if is_first else claim).reference}, and nobody has decided "
        "whether it does: the part played is told at another strength."
    )
    assert len(told) == (1 if is_first else 2)


def test_every_passage_is_searched_and_every_mend_is_made(claim):
    change(claim, statement="We taught all skippers")
    missing = sentences(claim)[-1]
    assert missing.startswith("No passage that is cited says the statement word for word")
    passage = a_passage("Indeed: We teech all skipers.")
    cite(claim, passage.source, relation="context", passage=passage)
    assert missing in sentences(claim)
    Mend.objects.create(passage=passage, says="teech", shows="taught", why="A slip.")
    assert missing in sentences(claim)
    Mend.objects.create(passage=passage, says="skipers", shows="skippers", why="A slip.")
    assert missing not in sentences(claim)


@pytest.mark.parametrize(
    ("values", "is_told"),
    [
        ({"other_names": "Quay Aid\n Coast Aid \n"}, True),
        ({"other_names": "Quay Aid\n  \n"}, False),
        ({"short_name": "Coast Aid"}, False),
        ({"official_name": "coast Aid"}, False),
        ({"official_name": "oast Aid"}, False),
    ],
)
def test_a_former_name_is_a_whole_official_or_other_one_and_a_longer_number_no_year(claim, values, is_told):
    earlier = an_organisation("Past", **{"official_name": "Past Fund"} | values)
    for organisations in (
        {"earlier": earlier, "later": an_organisation()},
        {"earlier": earlier},
        {"later": earlier},
    ):
        Succession.objects.create(kind="renamed", **organisations)
    change(claim, as_of="", limitations="Said by Coast Aid 20041 times.")
    told = [sentence for sentence in sentences(claim) if "former name" in sentence]
    assert told == is_told * [FORMER.replace("Pier", "Coast")]


def test_a_tick_stands_for_its_own_sentence_and_nothing_else(claim):
    change(claim, statement="Today we teach and row now")
    one, other = (each for each in findings(claim) if each.rule == "words_that_age")
    assert one.key != other.key and one.key.startswith("words_that_age-")


def test_the_findings_stand_in_the_order_of_the_rules(claim):
    claim.citations.filter(independence="independent").delete()
    yesterday = timezone.localdate() - timedelta(days=1)
    change(claim, as_of="", statement="Our unique school now", review_by=yesterday)
    assert [each.rule for each in findings(claim)] == [
        "day_not_stated",
        "own_evidence_only",
        "review_overdue",
        "superlative_unsupported",
        "words_that_age",
        "not_the_words_of_its_sources",
    ]
