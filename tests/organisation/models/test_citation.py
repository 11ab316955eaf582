"""A citation: what it says of its source, its place among others, and where it leads."""

import pytest
from django.core.exceptions import ValidationError

from organisation.models import Citation, Passage
from tests.support.factory import a_source, an_organisation, cite

pytestmark = pytest.mark.django_db

LABELS = {
    "states": ["its own words", "stated by a partner", "stated by an independent source"],
    "supports": [
        "supported by a document of its own",
        "supported by a partner",
        "supported by an independent source",
    ],
    "supports in part": [
        "supported in part by a document of its own",
        "supported in part by a partner",
        "supported in part by an independent source",
    ],
    "repeats": [
        "repeated by itself (adds no weight)",
        "repeated by a partner (adds no weight)",
        "repeated elsewhere (adds no weight)",
    ],
    "contradicts": [
        "contradicted by a document of its own",
        "contradicted by a partner",
        "contradicted by an independent source",
    ],
    "context": ["context, from itself", "context, from a partner", "context, from an independent source"],
}


@pytest.mark.parametrize("relation", Citation.Relation.values)
def test_a_citation_says_how_the_source_bears_on_the_record_and_whose_it_is(relation):
    labels = [
        str(Citation(relation=relation, independence=independence).relation_label)
        for independence in ("own", "partner", "independent")
    ]
    assert labels == LABELS[relation]


def test_a_new_citation_is_the_organisations_own_words_and_comes_last():
    organisation, other = an_organisation(), an_organisation("Lantern Fund")
    assert (Citation().relation, Citation().independence) == ("states", "own")
    orders = [cite(organisation, a_source(title)).order for title in ("One", "Two", "Three")]
    assert orders == [1, 2, 3]
    Citation.objects.filter(source__title="One").update(order=7)
    assert cite(organisation, a_source("Four")).order == 8
    assert cite(other, a_source("Five")).order == 1
    assert [str(each.source) for each in organisation.evidence] == ["Two", "Three", "One", "Four"]


def test_a_citation_leads_to_its_line_and_without_a_passage_to_its_source():
    source = a_source("Logbook", text="We sail.\nWe teach.")
    citation = cite(an_organisation(), source, passage=Passage.objects.quote(source, "We teach."))
    assert (citation.line_number, str(citation)) == (2, "states: Logbook")
    assert citation.source_line_label == "Logbook, line 2"
    assert citation.source_line_url == "/sources/logbook/#L2"
    citation.passage = None
    assert (citation.line_number, citation.source_line_label) == (None, "Logbook")
    assert citation.source_line_url == "/sources/logbook/"


def test_a_passage_of_another_source_is_refused_and_one_of_its_own_or_none_is_taken():
    one, other = a_source("One", text="We sail."), a_source("Two", text="We sail.")
    passage = Passage.objects.quote(one, "We sail.")
    Citation(source=one, passage=passage).clean()
    Citation(source=other).clean()
    with pytest.raises(ValidationError, match="choose the source that says these words"):
        Citation(source=other, passage=passage).clean()
