"""A picture is shown only where those who are in it agree to that very use on that very day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisation.models import Consent, Picture
from organisation.models.consent_rules import CHECKLIST, OF_CHILDREN
from organisation.models.picture import USES
from organisation.pictures.upload import read_picture
from tests.support.people import alice, bob
from tests.support.pictures import a_consent, a_picture, consent_values, telling_jpeg

pytestmark = pytest.mark.django_db

PEOPLE = ("adults", "children")


def is_shown(picture, use="portal", on=None):
    return Picture.objects.showable(use, on).filter(pk=picture.pk).exists()


def is_refused(action):
    try:
        with transaction.atomic():
            action()
    except IntegrityError:
        return True
    return False


def test_a_picture_without_a_consent_is_not_shown_and_one_of_nobody_is():
    assert not is_shown(a_picture(shows=None))
    assert is_shown(a_picture(shows="nobody", colour=(1, 1, 1)))


@pytest.mark.parametrize("shows", PEOPLE)
def test_a_picture_of_people_is_shown_for_the_uses_that_they_agreed_to_alone(shows):
    for use in USES:
        picture = a_picture(shows=None, colour=(USES.index(use), 0, 0))
        a_consent(picture, shows, uses=[use])
        assert [other for other in USES if is_shown(picture, other)] == [use]


def test_a_use_that_nobody_can_agree_to_is_a_fault_and_not_an_empty_answer():
    with pytest.raises(ValueError, match="no use that anybody can agree to"):
        Picture.objects.showable("billboards")


@pytest.mark.parametrize("shows", PEOPLE)
def test_a_consent_begins_with_its_day_and_ends_with_the_day_it_ends_on(shows):
    picture = a_picture(shows=None)
    consent = a_consent(picture, shows)
    for on, shown in [
        (consent.day - timedelta(days=1), False),
        (consent.day, True),
        (consent.ends_on, True),
        (consent.ends_on + timedelta(days=1), False),
    ]:
        assert is_shown(picture, on=on) is shown, on


def test_the_day_is_that_of_utc(monkeypatch):
    picture = a_picture(shows=None)
    ends_on = a_consent(picture).ends_on
    last = datetime.combine(ends_on, time(23, 59, 59), UTC)
    for moment, shown in [(last, True), (last + timedelta(seconds=1), False)]:
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        with timezone.override("Pacific/Auckland"):
            assert is_shown(picture) is shown


def test_a_picture_of_children_waits_until_another_than_who_wrote_it_has_confirmed_it():
    picture = a_picture(shows=None)
    consent = a_consent(picture, "children", confirmed=False)
    assert not is_shown(picture) and consent.needs_confirmation
    with pytest.raises(ValidationError, match="You have written this"):
        consent.confirm(alice())
    assert not is_shown(picture)
    consent.confirm(bob())
    assert is_shown(picture)


def test_what_was_confirmed_waits_anew_once_anything_of_it_is_changed():
    picture = a_picture("children")
    consent = picture.consents.get()
    consent.given_by = "Emil of the quay"
    consent.save()
    assert not is_shown(picture)
    with pytest.raises(ValidationError, match="changed it meanwhile"):
        Consent(pk=consent.pk, picture=picture, shows="children", written_by=alice()).confirm(bob())
    consent.confirm(bob())
    assert is_shown(picture)


def test_the_database_takes_no_confirmation_by_who_wrote_it():
    consent = a_picture("children").consents.get()
    row = Consent.objects.filter(pk=consent.pk)
    assert is_refused(lambda: row.update(confirmed_by=alice()))
    assert is_refused(lambda: row.update(confirmed_at=None))


@pytest.mark.parametrize("missing", ["guardian", *OF_CHILDREN])
def test_of_children_the_database_takes_no_consent_that_lacks_a_point(missing):
    picture = a_picture(shows=None)
    values = consent_values("children") | {missing: "" if missing == "guardian" else False}
    assert len(CHECKLIST) == 6
    assert is_refused(
        lambda: Consent.objects.create(picture=picture, shows="children", written_by=alice(), **values)
    )
    with pytest.raises(ValidationError, match="guardian and the child agreed"):
        a_consent(picture, "children", **{missing: values[missing]})


@pytest.mark.parametrize("missing", ["given_by", "role", "how", "form_at", "day", "ends_on", "seen_by"])
def test_of_adults_the_database_takes_no_consent_that_does_not_say_all(missing):
    picture = a_picture(shows=None)
    values = consent_values() | {missing: None if missing in ("day", "ends_on", "seen_by") else ""}
    assert is_refused(
        lambda: Consent.objects.create(picture=picture, shows="adults", written_by=alice(), **values)
    )
    with pytest.raises(ValidationError, match="say who agreed"):
        a_consent(picture, **{missing: values[missing]})


def test_a_consent_is_to_something_and_one_of_nobody_says_nothing_else():
    picture = a_picture(shows=None)
    with pytest.raises(ValidationError, match="of nobody, nothing"):
        a_consent(picture, uses=[])
    with pytest.raises(ValidationError, match="of nobody, nothing"):
        a_consent(picture, "nobody", given_by="Dora")


@pytest.mark.parametrize(
    ("given", "ends_on", "is_taken"),
    [
        (date(2024, 2, 29), date(2028, 2, 29), True),
        (date(2024, 2, 29), date(2028, 3, 1), False),
        (date(2026, 5, 1), date(2030, 5, 1), True),
        (date(2026, 5, 1), date(2030, 5, 2), False),
        (date(2026, 5, 1), date(2026, 5, 1), True),
        (date(2026, 5, 1), date(2026, 4, 30), False),
    ],
)
def test_a_consent_lasts_four_years_at_most(given, ends_on, is_taken):
    picture = a_picture(shows=None)
    values = consent_values() | {"day": given, "ends_on": ends_on}
    make = Consent.objects.create
    assert (
        is_refused(lambda: make(picture=picture, shows="adults", written_by=alice(), **values))
        is not is_taken
    )


def test_where_several_agreed_the_picture_is_shown_while_all_of_them_do():
    picture = a_picture("adults")
    first = picture.consents.get()
    other = a_consent(picture, uses=["portal"], given_by="Emil", ends_on=first.day)
    assert is_shown(picture) and not is_shown(picture, "press")
    assert not is_shown(picture, on=other.ends_on + timedelta(days=1))


def test_a_consent_that_is_renewed_goes_on_and_keeps_what_it_covers_until_then():
    picture = a_picture("adults")
    first = picture.consents.get()
    after = first.ends_on + timedelta(days=1)
    renewal = a_consent(picture, renews=first, ends_on=first.day.replace(day=1, year=first.day.year + 3))
    assert is_shown(picture) and is_shown(picture, on=after)
    again = a_consent(picture, renews=renewal, ends_on=first.day.replace(day=1, year=first.day.year + 4))
    assert again.renews == first and is_shown(picture, on=renewal.ends_on + timedelta(days=1))
    Consent.objects.filter(pk=renewal.pk).update(withdrawn_at=timezone.now())
    assert not is_shown(picture)  # whoever withdraws one means all


def test_a_consent_of_children_is_not_renewed_by_one_of_nobody():
    picture = a_picture(shows=None)
    first = a_consent(picture, "children", confirmed=False)
    with pytest.raises(ValidationError, match="the same people"):
        a_consent(picture, "nobody", renews=first)
    Consent.objects.create(picture=picture, shows="nobody", renews=first, written_by=alice())
    assert not is_shown(picture)
    first.shows = "nobody"
    with pytest.raises(ValidationError, match="Who is shown does not change"):
        first.full_clean()


@pytest.mark.parametrize(
    ("values", "is_taken"),
    [
        ({"alt_text": "A hill", "decorative": False}, True),
        ({"alt_text": "", "decorative": True}, True),
        ({"alt_text": "", "decorative": False}, False),
        ({"alt_text": "A hill", "decorative": True}, False),
        ({"focal_x": 100, "focal_y": 0}, True),
        ({"focal_x": 101}, False),
        ({"focal_y": 101}, False),
        ({"width": 2401}, False),
        ({"height": 0}, False),
        ({"file": None}, False),
        ({"withdrawn_at": timezone.now()}, False),
    ],
)
def test_the_database_takes_no_picture_that_does_not_say_what_it_is(values, is_taken):
    picture = a_picture()
    assert is_refused(lambda: Picture.objects.filter(pk=picture.pk).update(**values)) is not is_taken


def test_a_picture_that_is_here_already_does_not_come_in_twice():
    read = read_picture(telling_jpeg())
    first = Picture(alt_text="A hill", made="drawing")
    first.take(read)
    first.save()
    first.take(read)
    with pytest.raises(ValidationError, match="in the library already: “A hill”"):
        Picture(alt_text="Another hill", made="drawing").take(read)


def test_lists_of_pictures_load_no_bytes_and_their_history_has_none():
    picture = a_picture("adults")
    picture.caption = "The hill at noon"
    picture.save()
    with CaptureQueriesContext(connection) as captured:
        shown = Picture.objects.showable("portal").get()
        list(picture.history.all())
        assert shown.file.size > 0
    assert [query["sql"] for query in captured if '"contents"' in query["sql"]] == []
    assert shown.shown_for == "portal"
    assert not hasattr(picture.history.first(), "file_id")


def test_the_name_of_a_picture_tells_nothing_and_widths_do_not_pass_its_own():
    picture = a_picture(width=1000, height=500)
    assert len(picture.reference) == 20 and int(picture.reference, 16)
    assert (picture.widths, picture.height_at(640)) == ([320, 640, 960], 320)
    assert a_picture(width=200, height=100).widths == [200]
