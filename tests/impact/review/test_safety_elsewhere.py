"""What is withheld for somebody's safety is said nowhere else: in titles, drafts, and what is put back."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from impact.models import Claim
from organisation.models import Citation, Mend, Passage, Source, SourceNote, Statement, Takedown
from tests.support.factory import a_claim, a_source, a_statement, an_organisation, cite, published
from tests.support.forms import press
from tests.support.pages import a_page, change_pages, version_of
from tests.support.people import alice, bob
from tests.support.proposals import at_desk
from tests.support.withheld import NAMED, REST, WITHHELD, page_of, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def said_elsewhere(claim, source):
    """Says the words in all that visitors read of sources besides their texts; returns {where: addresses}."""
    quay = an_organisation("Quay", profiled=True)
    values = {"author": quay, "kind": "report", "region": REST, "byline": REST, "found_at": REST}
    titled = a_source(f"Report: {REST}", **values)
    described = a_source("", slug="described", subject=f"On “{REST}”", **values)
    other = Claim.objects.get(statement="We taught 40 pilots")
    line = Passage.objects.quote(source, "We land.")
    SourceNote.objects.create(passage=line, note=f"No record, as {NAMED}")
    Mend.objects.create(passage=line, says="land", shows=REST, why=f"Since {NAMED}")
    cite(other, titled, relation="supports", note=f"It shows that {NAMED}")
    published(other)
    return titled, described


def outlets_about(sources):
    number = Claim.objects.get(statement="We taught 40 pilots").number
    own = [f"{each.get_absolute_url()}{end}" for each in sources for end in ("", "cite.bib", "cite.ris")]
    files = [f"/data/{name}" for name in ("publications.json", "publications.csv", "evidence.json")]
    pages = ["/publications/", "/feeds/publications.atom", f"/evidence/e{number}/", "/search/?q=quay"]
    return [*own, *files, "/api/v1/publications", *pages]


def test_titles_and_what_is_written_about_sources_say_the_words_no_more(claim, source, said_elsewhere):
    def saying():
        found = {}
        for address in outlets_about([source, *said_elsewhere]):
            answer = Client().get(address, follow=True)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code == 200, address
            if count := body.decode().count("Zugzwang"):
                found[address] = count
        return found

    before = saying()
    assert len(before) > 9
    withdraw(claim, is_for_safety="on")
    assert saying() == {}
    titled = Source.objects.get(pk=said_elsewhere[0].pk)
    assert (str(titled), "Zugzwang" in titled.title) == (f"Report: {WITHHELD}", True)
    assert WITHHELD in page_of(source)
    note = SourceNote.objects.get(passage__words="We land.")
    words, note.note = note.note, "No record, as somebody who was on the north quay told us."
    note.save()
    assert note.note in page_of(source)
    SourceNote.objects.filter(pk=note.pk).update(note=words)
    claim.refresh_from_db()
    claim.put_back(bob(), "It is safe now.")
    assert saying() == before


def test_a_title_that_says_the_words_later_is_masked_and_a_note_is_refused(claim, source):
    withdraw(claim, is_for_safety="on")
    later = a_source("Later")
    later.title = f"Later: {REST}"
    later.save()
    assert str(Source.objects.get(pk=later.pk)) == f"Later: {WITHHELD}"
    line = Passage.objects.quote(source, "We sail.")
    for row in (
        SourceNote(passage=line, note=f"As {NAMED}"),
        Mend(passage=line, says="sail", shows="go", why=NAMED),
        Citation(source=source, note=NAMED),
    ):
        with pytest.raises(ValidationError, match="is withheld from readers"):
            row.clean()
    SourceNote(passage=line, note="As somebody of the north quay told us.").clean()


def link_to(claim):
    """Lets Alice ask for a link to a draft; returns its address, empty if she gets none."""
    answer = press(at_desk(alice()), claim, "link", for_whom="Eve", days="14").content.decode()
    found = re.search(r"/review/[\w-]{30,}/", answer)
    assert found or "no link leads to them" in answer
    return found[0] if found else ""


def test_nobody_outside_is_led_to_a_draft_that_says_what_is_withheld(claim, source):
    saying, silent = a_claim(NAMED, source=source), a_claim("Somebody sailed", source=source)
    address, another = link_to(saying), link_to(silent)
    withdraw(claim, is_for_safety="on")
    answer = Client().get(address)
    assert answer.status_code == 410 and "Zugzwang" not in answer.content.decode()
    assert Client().get(another).status_code == 200
    claim.refresh_from_db()
    assert [link_to(each) for each in (claim, saying)] == ["", ""]
    assert link_to(silent)


def put_back(takedown):
    data = {"do": "put back", "reason": "It is true."}
    return at_desk(alice()).post(takedown.get_absolute_url(), data, follow=True).content.decode()


def test_alice_alone_puts_back_no_claim_that_says_what_another_was_withdrawn_for(claim, source):
    other = published(a_claim(NAMED, source=source))
    published(other, statement="We sail far")
    withdraw(other)
    taken_down = Takedown.objects.latest("pk")
    withdraw(claim, is_for_safety="on")
    assert "is withheld from readers" in put_back(taken_down)
    assert Client().get(f"/evidence/e{other.number}/").status_code == 410
    Takedown.objects.latest("pk").decide(Takedown.State.PUT_BACK, alice())
    assert "is back as it was" in put_back(taken_down)


def test_alice_alone_puts_back_no_record_that_says_what_is_withheld(claim):
    said, silent = a_statement(NAMED), a_statement("We sail.")
    for each in (said, silent):
        address = reverse("admin:organisation_statement_delete", args=[each.pk])
        at_desk(bob()).post(address, {"post": "yes", "reason": "A doubt."})
    first, second = Takedown.objects.order_by("pk")
    withdraw(claim, is_for_safety="on")
    assert "is withheld from readers" in put_back(first) and not Statement.objects.filter(text=NAMED)
    assert "is back as it was" in put_back(second) and Statement.objects.filter(text="We sail.")


def test_alice_alone_puts_back_no_page_that_says_what_is_withheld(claim):
    said = a_page("Night", f"<p>So: {NAMED.replace('north', '<em>north</em>')}</p>", slug="night")
    silent = a_page("Day", "<p>north quay</p>", slug="day")
    for content in (said, silent):
        address = "admin:djangocms_versioning_pagecontentversion_unpublish"
        data = {"reason": "A doubt."}
        change_pages(at_desk(bob()), reverse(address, args=[version_of(content).pk]), data)
    first, second = Takedown.objects.order_by("pk")
    withdraw(claim, is_for_safety="on")
    assert "is withheld from readers" in put_back(first) and Client().get("/night/").status_code == 410
    assert "is back as it was" in put_back(second) and Client().get("/day/").status_code == 200
