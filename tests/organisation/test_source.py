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


@pytest.mark.parametrize(
    ("line", "place"), [(1, (0, 7)), (2, (8, 15)), (3, None), (4, (17, 24)), (5, None), (99, None)]
)
def test_words_are_looked_for_on_the_line_that_is_given_alone(line, place):
    source = Source(title="Report", text="We sail\nWe sail\n\nWe sail")
    if place:
        assert source.locate("We sail", line=line) == place
        return
    with pytest.raises(ValidationError, match="“Report” does not contain “We sail”"):
        source.locate("We sail", line=line)


def test_words_that_go_on_beyond_their_line_are_not_found_on_it():
    source = Source(title="Report", text="We sail\nand row")
    assert source.locate("sail\nand") == (3, 11)
    with pytest.raises(ValidationError, match="at character 5, after “sail”: .*in the source nothing more"):
        source.locate("sail\nand", line=1)


def test_the_place_of_a_difference_is_told_with_the_twenty_letters_before_it():
    source = Source(title="Report", text="The quick brown fox jumps over the dog")
    with pytest.raises(ValidationError) as error:
        source.locate("The quick brown fox jumped")
    [sentence] = error.value.messages
    assert sentence == (
        "The words depart from “Report” at character 25, after “quick brown fox jump”: "
        "here “e”, in the source “s”."
    )
    with pytest.raises(ValidationError, match="after “The”: here “s”, in the source “ ”"):
        source.locate("Thes")
    with pytest.raises(ValidationError, match="at character 4, after “dog”: here “s”, in the source nothing"):
        source.locate("dogs")
    with pytest.raises(ValidationError, match="does not contain “”"):
        source.locate("")


def test_a_browsers_line_ends_are_stored_as_the_source_has_them_and_the_text_then_stands():
    source = Source(slug="typed", kind="report", title="Typed", text="We sail.\r\nWe row.\r\n")
    source.full_clean()
    source.save()
    assert source.text == "We sail.\nWe row.\n"
    assert source.lines == ["We sail.", "We row.", ""]
    source.full_clean()
    source.text = ""
    with pytest.raises(ValidationError, match="kept as found and does not change"):
        source.save()


def test_a_text_can_be_added_to_a_source_that_has_none():
    source = Source.objects.create(slug="bare", kind="report", title="Bare")
    assert (source.sha256, source.has_copy) == ("", False)
    source.text = TEXT
    source.save()
    assert (len(source.sha256), source.has_copy) == (64, True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.filter(pk=source.pk).update(sha256="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.create(slug="nameless", kind="report")


def test_a_source_is_called_by_its_title_or_by_its_subject_and_has_a_copy_by_its_link_alone():
    assert str(Source(title="Report", subject="Pilots")) == "Report"
    assert str(Source(subject="Pilots")) == "Pilots"
    assert Source(address="https://example.org/").has_copy
    assert not Source(archived="https://example.org/", found_at="A shelf").has_copy
