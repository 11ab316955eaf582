import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from organisation.models import Citation, Mend, Passage, Source

pytestmark = pytest.mark.django_db

TEXT = "We trained over 4,500 people.\nWe trained them well."


@pytest.fixture
def source():
    source = Source(slug="report", kind="report", title="Report", text=TEXT)
    source.full_clean()
    source.save()
    return source


def test_a_passage_starts_and_ends_where_its_words_stand(source):
    passage = Passage.objects.quote(source, "over 4,500 people")
    assert TEXT[passage.start : passage.end] == "over 4,500 people"
    assert (passage.line, passage.before, passage.after) == (1, "We trained ", ".")


def test_words_that_the_source_does_not_say_are_refused_with_the_first_differing_character(source):
    with pytest.raises(
        ValidationError, match="character 17, after “We trained over ”: here “5”, in the source “4”"
    ):
        source.locate("We trained over 5,000 people")


def test_words_that_stand_twice_are_refused_unless_the_line_is_given(source):
    with pytest.raises(
        ValidationError, match="“We trained” stands 2 times in “Report”: quote more of the sentence"
    ):
        source.locate("We trained")
    assert source.locate("We trained", line=2) == (30, 40)


def test_words_of_which_nothing_is_found_are_refused(source):
    with pytest.raises(
        ValidationError, match="“Report” does not contain “Zero”: copy the words from the source"
    ):
        source.locate("Zero")


def test_no_code_stores_words_that_the_source_does_not_have_there(source):
    with pytest.raises(ValidationError, match="at character 1, after “”: here “w”, in the source “W”"):
        Passage.objects.create(source=source, start=0, end=10, words="we trained")


def test_the_database_refuses_a_passage_that_is_not_as_long_as_its_words(source):
    Passage.objects.quote(source, "over 4,500 people")
    with pytest.raises(IntegrityError), transaction.atomic():
        Passage.objects.update(words="over")


def test_a_text_once_kept_does_not_change(source):
    source.text = TEXT.replace("4,500", "5,400")
    with pytest.raises(ValidationError, match="kept as found and does not change"):
        source.full_clean()


def test_a_source_that_something_rests_on_cannot_be_deleted(source):
    Passage.objects.quote(source, "over 4,500 people")
    with pytest.raises(ProtectedError):
        source.delete()


def test_a_citation_names_the_source_that_says_its_passage(source):
    other = Source.objects.create(slug="other", kind="report", title="Other")
    citation = Citation(source=other, passage=Passage.objects.quote(source, "over 4,500 people"))
    with pytest.raises(ValidationError, match="The passage is of another source"):
        citation.clean()


def test_a_mend_quotes_its_passage_and_changes_something(source):
    passage = Passage.objects.quote(source, "over 4,500 people")
    with pytest.raises(ValidationError, match="The passage does not contain these words"):
        Mend(passage=passage, says="under", shows="over", why="slip").full_clean()
    with pytest.raises(ValidationError, match="nothing is mended"):
        Mend(passage=passage, says="over", shows="over", why="slip").full_clean()


def test_a_document_without_title_says_what_it_is_about():
    with pytest.raises(ValidationError, match="Give the title or, where none is known, the subject"):
        Source(slug="nameless", kind="report").full_clean()
