"""Makes a value and a vision of Harbour Aid on pages, for those who edit them in a browser."""

VALUES = "/values-of-harbour-aid/"
MADE_UP = """
from tests.support.factory import a_statement, an_organisation
from tests.support.pages import a_page
from tests.support.people import alice
aid, ours = an_organisation(profiled=True), {"owner": alice()}
words = "We hold every pilot to the highest standards."
a_statement(words, slug="integrity", kind="value", title="Integrity", **ours)
vision = a_statement("A harbour without a wreck", **ours)
values = ("StatementsPlugin", {"organisation": aid, "kind": "value", "heading": "Our values"})
a_page("Values", "<p>The following core values guide us.</p>", values, slug="values-of-harbour-aid")
a_page("Vision", ("HeroPlugin", {"statement": vision}), slug="vision-of-harbour-aid")
a_page("About", ("StatementsPlugin", {"organisation": aid, "kind": "vision"}), slug="about-harbour-aid")
"""
