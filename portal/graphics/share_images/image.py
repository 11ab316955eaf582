"""Sets the share image of a claim, an organisation or the site: paper with a margin, and folded sheets.

Each claim is a tile of its own creases, inked by how far it is shown; the site and an organisation have those
of their claims.

It has 1200 × 630 pixels. No request can ask for another size, so that setting one always costs the same.
"""

from pathlib import Path

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from impact.models import RegisterEntry
from impact.sheets import sheet_of
from organisation.dates import partial_date_text
from organisation.models import site_settings
from organisation.templatetags.records import figure_value, quoted

from ..typesetting import printable_json, typeset
from .tiles import places, tile_lines

WIDTH, HEIGHT = 1200, 630
TEMPLATES = Path(__file__).parent
PIXELS_PER_INCH = 72  # the templates count in points: one is a pixel
MAX_LETTERS = 1000  # more do not fit at any size
MOST_TILES = 45


def edition_image(edition):
    """Returns a PNG with the reference, first figure, statement, organisation and grade of an edition."""
    figure, statement = next(iter(edition.figures.all()), None), edition.statement[:MAX_LETTERS]
    return png(
        "edition.typ",
        [(edition.claim.reference.lower(), edition.how_far_shown)],
        reference=edition.claim.reference,
        edition=_("Edition %(number)d") % {"number": edition.number},
        figure=figure
        and {
            "qualifier": figure.get_qualifier_display() if figure.qualifier else "",
            "value": figure_value(figure.value),
            "unit": _("%(unit)s (computed)") % {"unit": figure.unit} if figure.computed_from else figure.unit,
        },
        statement=quoted(statement) if edition.is_quotation else statement,
        organisation=speaker_of(edition),
        grade=edition.grade,
        grade_label=edition.get_grade_display(),
        site=site_settings().title,
    )


def organisation_image(organisation):
    """Returns a PNG with the name and dates of an organisation."""
    life = organisation.life
    dates = (
        (organisation.founded, _("Founded: %(date)s") % {"date": partial_date_text(organisation.founded)}),
        (life.closed_on, _("Closed: %(date)s") % {"date": partial_date_text(life.closed_on)}),
        (not life.closed_on and life.mark, capfirst(life.mark)),
    )
    return png(
        "organisation.typ",
        claims_to_draw(organisation) or [(organisation.slug, "")],
        name=organisation.official_name,
        dates=[text for is_known, text in dates if is_known],
        site=site_settings().title,
    )


def site_image():
    """Returns a PNG with the name of the site, for every page that has no image of its own."""
    site = site_settings()
    drawn = claims_to_draw() or [("home", "")]
    return png("site.typ", drawn, name=site.title, sentence=site.description)


def claims_to_draw(organisation=None):
    """Returns (slug, how far it is shown) of the claims that an image has room for, in groups."""
    sheet = sheet_of(RegisterEntry.objects.all(), limit=MOST_TILES, organisation=organisation)
    return [
        (edition.claim.reference.lower(), group.shown) for group in sheet.groups for edition in group.editions
    ]


def png(template, drawn, **data):
    """Returns the image that a template makes of its data, with a tile for each slug that is drawn."""
    side, corners = places(len(drawn))
    tiles = [
        {"x": x, "y": y, "side": side, "shown": shown, "lines": tile_lines(slug)}
        for (slug, shown), (x, y) in zip(drawn, corners, strict=True)
    ]
    text = printable_json({"language": get_language(), "tiles": tiles} | data)
    return typeset(TEMPLATES / template, text, format="png", ppi=PIXELS_PER_INCH)


def speaker_of(edition):
    speaker = edition.organisation.named
    in_our_words = _("%(organisation)s, in our words") % {"organisation": speaker}
    return speaker if edition.is_quotation else in_our_words


def alt_text_of_edition(edition):
    """Returns the alternative text of an edition's image."""
    values = {
        "reference": edition.claim.reference,
        "statement": quoted(edition.statement) if edition.is_quotation else edition.statement,
        "organisation": speaker_of(edition),
        "grade": edition.get_grade_display(),
    }
    figure = next(iter(edition.figures.all()), None)
    if figure:
        return _("%(reference)s: %(figure)s. %(statement)s %(organisation)s. Evidence: %(grade)s.") % (
            values | {"figure": figure.brief}
        )
    return _("%(reference)s: %(statement)s %(organisation)s. Evidence: %(grade)s.") % values
