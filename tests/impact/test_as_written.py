"""A figure stands letter by letter in the claim's words and in a cited passage, or is told as computed."""

import json
from importlib import import_module

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.urls import reverse

from impact.checklist import findings
from impact.models import Claim, Figure
from organisation.models import Mend
from tests.support.factory import a_claim, a_figure, a_passage, cite, published
from tests.support.forms import decision, errors_in, filled_in, refusals_in, review
from tests.support.people import alice, bob
from tests.support.review import claim_form

pytestmark = pytest.mark.django_db

SAID = "We taught over 4,500 pilots in 14 ports"
COMPUTED = {
    "as_written": "",
    "computed_from": "1,200 pilots\n3,300 in spring",
    "computation": "the two numbers added",
}
ORIGIN = "Computed from “1,200 pilots” and “3,300 in spring”: the two numbers added"


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


def computed(**figure):
    return quoting("1,200 pilots came in autumn, 3,300 in spring", "We taught pilots", **COMPUTED | figure)


def said_of(claim, *rules):
    return [each.sentence for each in findings(Claim.objects.get(pk=claim.pk)) if each.rule in rules]


def refusal(claim):
    with pytest.raises(ValidationError) as refused:
        claim.publish(bob(), seen=Claim.AS_STORED)
    return refused.value.messages


def test_a_figure_that_the_statement_and_a_passage_say_is_published():
    assert published(quoting()).current_edition.figures.get().as_written == "over 4,500"


def test_a_sentence_that_changes_without_its_figure_is_refused_by_the_form_which_names_both(desk):
    claim = quoting()
    form = claim_form(claim)
    page = desk.post(form, filled_in(desk.get(form), statement=SAID.replace("4,500", "4,700")))
    assert errors_in(page) == [
        "The figure “pilots” is written “over 4,500”, and the statement says “4,700” and “14”: "
        "change the figure or the statement, so that both say the same."
    ]
    claim.refresh_from_db()
    assert claim.statement == SAID
    assert desk.post(form, filled_in(desk.get(form), limitations="Counted by us.")).status_code == 302


def test_numbers_of_other_figures_are_not_named_with_a_sentence_that_changed():
    claim = quoting()
    a_figure(claim, 14, label="ports", as_written="14")
    claim.statement, claim.in_our_words = "We taught 4,700 pilots in 14 ports", True
    claim.save()
    [sentence] = [each for each in refusal(claim) if "statement" in each]
    assert "the statement says “4,700”:" in sentence
    claim.statement = "We taught pilots in 14 ports"
    claim.save()
    assert "and the statement says no such number:" in refusal(claim)[0]


def test_a_figure_that_no_passage_says_is_refused_by_the_form_and_by_publication(desk):
    sentence = (
        "The figure “pilots” is written “over 4,700”, which stands in no passage that the claim cites: "
        "cite the passage that says it, or say from which words it was computed."
    )
    claim = quoting()
    form = claim_form(claim)
    changes = {"statement": SAID.replace("4,500", "4,700"), "figures-0-as_written": "over 4,700"}
    assert errors_in(desk.post(form, filled_in(desk.get(form), **changes))) == [sentence]
    Claim.objects.filter(pk=claim.pk).update(statement=changes["statement"], in_our_words=True)
    claim.figures.update(as_written="over 4,700", value=4700)
    assert refusal(Claim.objects.get(pk=claim.pk))[:1] == [sentence]
    other = a_passage("In all over 4,700.")
    cite(claim, other.source, passage=other)
    published(Claim.objects.get(pk=claim.pk))


def test_a_passage_that_the_form_quotes_for_the_first_time_counts_and_one_that_goes_does_not(desk):
    claim, words = quoting(), "Over 4,500 pilots, says the gazette."
    source = a_passage(words).source
    form = claim_form(claim)
    page = desk.get(form)
    prefix = next(
        inline.formset.prefix
        for inline in page.context["inline_admin_formsets"]
        if inline.formset.prefix != "figures"
    )
    gone = filled_in(page, **{f"{prefix}-0-DELETE": "on"})
    assert "stands in no passage" in errors_in(desk.post(form, gone))[0]
    added = {"source": source.pk, "words": words, "relation": "states", "independence": "own", "note": ""}
    added = {f"{prefix}-1-{name}": value for name, value in added.items()}
    assert desk.post(form, gone | added | {f"{prefix}-TOTAL_FORMS": 2}).status_code == 302
    assert [each.passage.words for each in claim.citations.all()] == [words]


def test_a_mend_of_the_passage_counts_as_what_it_says(desk):
    claim = quoting("We taught over 45,00 pilots in 14 ports")
    assert any("stands in no passage" in sentence for sentence in refusal(claim))
    passage = claim.citations.get().passage
    Mend.objects.create(passage=passage, says="45,00", shows="4,500", why="A slip.")
    form = claim_form(claim)
    assert desk.post(form, filled_in(desk.get(form))).status_code == 302
    published(claim)


def test_a_figure_says_how_it_is_written_or_from_what_it_was_computed(desk):
    claim = quoting(as_written="")
    sentence = (
        "The figure “pilots” does not say how its number is written: copy the number letter by letter "
        "from the statement, or say from which words it was computed."
    )
    form = claim_form(claim)
    assert errors_in(desk.post(form, filled_in(desk.get(form)))) == [sentence]
    assert refusal(claim) == [sentence]


def test_a_claim_without_any_passage_gives_no_figure_as_its_sources():
    claim = quoting()
    claim.citations.update(passage=None)
    assert "stands in no passage that the claim cites" in refusal(claim)[0]


def test_a_computed_figure_quotes_words_of_cited_passages_and_says_how():
    claim = published(computed())
    assert claim.current_edition.figures.get().origin == ORIGIN
    claim.figures.update(computed_from="1,200 pilots\n3,400 in spring")
    assert refusal(Claim.objects.get(pk=claim.pk))[:1] == [
        "The figure “pilots” is computed from “3,400 in spring”, which stands in no passage that the claim "
        "cites: copy the words letter by letter, one quotation a line."
    ]


@pytest.mark.parametrize("missing", ["computed_from", "computation"])
def test_a_computed_figure_gives_both_its_words_and_how(missing):
    figure = a_figure(a_claim(), 5, as_written="5")
    for name in ("computed_from", "computation"):
        setattr(figure, name, "" if name == missing else "5 pilots")
    with pytest.raises(
        ValidationError, match="Give both, the words that the figure was computed from and how"
    ):
        figure.full_clean()


@pytest.mark.parametrize("is_computed", [True, False])
def test_every_reader_is_told_where_a_figure_was_computed_and_nobody_otherwise(client, is_computed):
    claim = published(computed() if is_computed else quoting())
    edition = claim.current_edition
    for address in (
        claim.get_absolute_url(),
        edition.get_absolute_url(),
        f"/api/v1/figures?claim={claim.reference}",
        f"/api/v1/claims/{claim.reference}",
        "/data/figures.csv",
        "/data/claims.csv",
        "/feeds/claims.atom",
    ):
        answer = client.get(address)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert ("the two numbers added" in text.decode()) is is_computed, address
    assert said_of(claim, "figure_computed") == is_computed * [
        f"No source says “pilots” itself. Readers see: {ORIGIN}"
    ]


def test_the_description_of_a_computed_figure_for_machines_says_so(client):
    claim = published(computed())
    page = client.get(claim.get_absolute_url()).content.decode()
    data = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert f"over 4,500 pilots – {ORIGIN}" in json.dumps(data, ensure_ascii=False)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, []),
        ({"value": 4700}, ["“pilots”: as written over 4,500, value 4,700."]),
        ({"qualifier": "more than"}, []),
        ({"qualifier": ""}, ["“pilots”: as written “over”, qualifier “none”."]),
        ({"as_written": "4,500"}, []),
        ({"as_written": "4,500", "qualifier": "about"}, ["“pilots”: as written “over”, qualifier “about”."]),
    ],
)
def test_the_value_and_the_qualifier_are_compared_with_what_is_written(values, said):
    assert said_of(quoting(**values), "figure_not_as_written") == said


@pytest.mark.parametrize(
    ("written", "value", "unit", "said"),
    [
        (
            "1.240",
            1240,
            "pilots",
            "“pilots”: as written 1.240, which can be read as 1,240 and as 1.24; value 1,240.",
        ),
        ("1.240", 5, "pilots", "“pilots”: as written 1.240, value 5."),
        ("1,240", 1240, "pilots", ""),
        ("1 240", 240, "pilots", "“pilots”: as written 1 240, value 240."),
        ("one in six", "16.67", "%", ""),
        ("one in six", 6, "%", "“pilots”: as written one in six, value 6."),
        (
            "a handful",
            5,
            "pilots",
            "“pilots”: as written a handful, which cannot be read as one number; value 5.",
        ),
    ],
)
def test_a_number_that_can_be_read_in_two_ways_or_in_none_is_said(written, value, unit, said):
    words = f"We taught {written} of the pilots"
    claim = quoting(words, words, as_written=written, value=value, unit=unit, qualifier="")
    assert said_of(claim, "figure_not_as_written") == [said] * bool(said)


def test_a_number_of_the_statement_that_no_passage_says_is_a_finding_until_one_does():
    claim = quoting("We taught over 4,500 pilots in 1,400 ports in 2014")
    assert said_of(claim, "number_in_no_passage") == [
        "No passage that is cited says “14”: cite the passage that does, or take the number out."
    ]
    other = a_passage("They came from 14 ports.")
    cite(claim, other.source, passage=other)
    assert said_of(claim, "number_in_no_passage") == []


def test_a_publisher_ticks_that_a_number_stands_in_no_passage(client):
    claim = quoting("We taught over 4,500 pilots")
    claim.in_our_words = True
    claim.save()
    claim.submit(alice(), seen=Claim.AS_STORED)
    client.force_login(bob())
    data = decision(client, claim)
    tick = next(name for name in data if "number_in_no_passage" in name)
    refused = client.post(review(claim), {name: value for name, value in data.items() if name != tick})
    assert refusals_in(refused) == ["Tick that you have seen this, or change the claim."]
    assert client.post(review(claim), data).status_code == 302


def test_how_a_number_is_written_can_be_added_to_what_is_public_without_a_reason():
    claim = published(quoting())
    Figure.objects.filter(claim=claim).update(as_written="4,500")
    assert Claim.objects.get(pk=claim.pk).publish(bob(), seen=Claim.AS_STORED).editions.count() == 2


def test_figures_from_before_get_their_number_from_the_statement_where_it_says_it():
    claim, other = published(quoting()), published(computed())
    rows = Figure.objects.filter(claim__in=[claim, other]) | Figure.objects.filter(
        edition__claim__in=[claim, other]
    )
    with connection.cursor() as cursor:
        # What is on record is not changed by a queryset.
        cursor.execute("UPDATE impact_figure SET as_written = '', computed_from = '', computation = ''")
    migration = import_module("impact.migrations.0007_figure_as_written")
    state = MigrationLoader(connection).project_state([("impact", "0007_figure_as_written")])
    migration.write_as_stated(state.apps, None)
    assert sorted(rows.values_list("as_written", flat=True)) == ["", "", "over 4,500", "over 4,500"]


def test_claims_with_a_figure_of_which_nobody_knows_how_it_is_written_are_counted_on_the_desk(desk):
    claim = published(quoting())
    address = f"{reverse('admin:impact_claim_changelist')}?figures=unwritten"
    assert claim.reference not in desk.get(address).content.decode()
    Figure.objects.filter(claim=claim).update(as_written="")
    assert claim.reference in desk.get(address).content.decode()
    assert address.replace("&", "&amp;") in desk.get(reverse("admin:index")).content.decode()
    assert desk.get(claim.get_absolute_url()).status_code == 200


def test_each_number_in_the_cells_of_a_row_stands_for_itself(desk):
    claim = quoting(
        "2023\t2024\t2025\nPilots taught\t96\t151\t214",
        "Pilots taught: 96 (2023), 151 (2024), 214 (2025)",
        value=151,
        qualifier="",
        as_written="151",
    )
    Claim.objects.filter(pk=claim.pk).update(in_our_words=True)
    assert not said_of(claim, "number_in_no_passage")
    form = claim_form(claim)
    assert desk.post(form, filled_in(desk.get(form))).status_code == 302
    published(Claim.objects.get(pk=claim.pk))
