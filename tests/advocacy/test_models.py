from advocacy.models import Ask, Instrument
from organisation.models import Organisation


def test_a_new_ask_has_no_status_on_record_and_is_called_by_its_first_sixty_letters():
    ask = Ask(organisation=Organisation(official_name="Harbour Aid"), text="word " * 11 + "fives")
    assert (ask.status, str(ask)) == ("not on record", f"Harbour Aid: {ask.text}")
    ask.text += "s"
    assert str(ask) == f"Harbour Aid: {'word ' * 10}word…"


def test_an_instrument_is_called_by_its_short_title_if_it_has_one():
    instrument = Instrument(slug="treaty", title="Treaty on boats")
    assert (str(instrument), instrument.get_absolute_url()) == ("Treaty on boats", "/instruments/treaty/")
    instrument.short_title = "Boatpact"
    assert str(instrument) == "Boatpact"
