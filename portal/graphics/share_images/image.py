"""Draws the share image of a claim, an organisation or the site: paper with a margin, and a plate.

It has 1200 × 630 pixels. No request can ask for another size, so that drawing one always costs the same.
"""

from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from impact.grades import Grade
from organisation.dates import partial_date_text
from organisation.templatetags.records import figure_value, quoted

from ..colours import light_colour
from ..crease_patterns import crease_pattern
from ..crease_patterns.plate import LINE, SIDE, SQUARE
from .text_layout import BOLD, MONO, SANS, SERIF, fit_text

# Positions and lengths in pixels. From the left: the margin with its text, the margin line, the column of
# text, and the ruled paper.
WIDTH, HEIGHT = 1200, 630
MARGIN_LEFT, MARGIN_LINE = 56, 176
MARGIN_WIDTH = MARGIN_LINE - MARGIN_LEFT - 16
COLUMN_LEFT, COLUMN_WIDTH = 216, 590
RULED_LEFT = 844
MILLIMETRE = 5
# Pillow draws lines without antialiasing: they are drawn so many times larger, then reduced.
OVERSAMPLING = 3
GRADE_COLOURS = {
    Grade.SUPPORTED: "verified",
    Grade.STATED: "attention",
    Grade.DISPUTED: "disputed",
    Grade.UNSOURCED: "retired",
}


def edition_image(edition):
    """Returns a PNG with the reference, first figure, statement, organisation and grade of an edition."""
    image, canvas = blank_image(edition.claim.reference.lower())
    draw_line(
        canvas, edition.claim.reference, MONO, MARGIN_LEFT, 52, MARGIN_WIDTH, [40, 34, 28, 22], "margin"
    )
    number = _("Edition %(number)d") % {"number": edition.number}
    draw_line(canvas, number, SANS, MARGIN_LEFT, 104, MARGIN_WIDTH, [24, 20, 16], "ink-3")
    top = 52
    for figure in edition.figures.all()[:1]:
        top += draw_figure(canvas, figure, top) + 20
    statement = fit_text(
        quoted(edition.statement),
        SERIF,
        COLUMN_WIDTH,
        478 - top,
        # A figure is the largest thing on the image, so the statement below one starts smaller.
        [60, 54, 48, 42, 38, 34, 30] if top == 52 else [38, 34, 30],
    )
    statement.draw(canvas, COLUMN_LEFT, top, COLUMN_WIDTH, light_colour("ink"))
    draw_line(canvas, str(edition.organisation), BOLD, COLUMN_LEFT, 498, COLUMN_WIDTH, [28, 24], "ink")
    draw_grade(canvas, edition, 544)
    return png_of(image)


def organisation_image(organisation):
    """Returns a PNG with the name and dates of an organisation."""
    image, canvas = blank_image(organisation.slug)
    name = fit_text(
        organisation.official_name, SERIF, COLUMN_WIDTH, 340, [84, 72, 64, 56, 48, 40], spacing=1.16
    )
    name.draw(canvas, COLUMN_LEFT, 64, COLUMN_WIDTH, light_colour("ink"))
    top = 64 + name.height + 24
    for date, label in (
        (organisation.founded, _("Founded: %(date)s")),
        (organisation.closed, _("Closed: %(date)s")),
    ):
        if date:
            text = label % {"date": partial_date_text(date)}
            top += draw_line(canvas, text, SANS, COLUMN_LEFT, top, COLUMN_WIDTH, [28], "ink-2")
    draw_line(canvas, settings.SITE_NAME, BOLD, COLUMN_LEFT, 520, COLUMN_WIDTH, [28, 24], "ink-3")
    return png_of(image)


def site_image():
    """Returns a PNG with the name of the site, for every page that has no image of its own."""
    image, canvas = blank_image("home")
    name = fit_text(settings.SITE_NAME, SERIF, COLUMN_WIDTH, 360, [96, 84, 72, 60, 48], spacing=1.14)
    name.draw(canvas, COLUMN_LEFT, 64, COLUMN_WIDTH, light_colour("violet-deep"))
    sentence = fit_text(
        _("Who these organisations are, what they say they have done, and what shows it."),
        SANS,
        COLUMN_WIDTH,
        120,
        [30, 26],
    )
    sentence.draw(canvas, COLUMN_LEFT, 572 - sentence.height, COLUMN_WIDTH, light_colour("ink-2"))
    return png_of(image)


def alt_text_of_edition(edition):
    """Returns the alternative text of an edition's image."""
    values = {
        "reference": edition.claim.reference,
        "statement": edition.statement,
        "organisation": edition.organisation,
        "grade": edition.get_grade_display(),
    }
    figure = next(iter(edition.figures.all()), None)
    if figure:
        return _("%(reference)s: %(figure)s. “%(statement)s” %(organisation)s. Evidence: %(grade)s.") % (
            values | {"figure": figure.text}
        )
    return _("%(reference)s: “%(statement)s” %(organisation)s. Evidence: %(grade)s.") % values


def draw_line(canvas, text, family, x, y, width, sizes, colour):
    """Draws one line of text, and returns its height."""
    line = fit_text(text, family, width, 0, sizes)
    line.draw(canvas, x, y, width, light_colour(colour))
    return line.height


def draw_figure(canvas, figure, top):
    """Draws a number as large as it fits behind its qualifier, and the unit below; returns the height."""
    qualifier = fit_text(
        figure.get_qualifier_display() if figure.qualifier else "", SERIF, COLUMN_WIDTH, 0, [44]
    )
    indent = qualifier.width and round(qualifier.width) + 18
    width = COLUMN_WIDTH - indent
    number = fit_text(
        figure_value(figure.value), SERIF, width, 0, [150, 132, 116, 100, 84, 68, 52], spacing=1
    )
    # On the baseline of the number.
    qualifier_top = top + number.ascent - qualifier.ascent
    qualifier.draw(canvas, COLUMN_LEFT, qualifier_top, COLUMN_WIDTH, light_colour("ink-2"))
    number.draw(canvas, COLUMN_LEFT + indent, top, width, light_colour("violet"))
    unit_top = number.ascent + 10
    return unit_top + draw_line(
        canvas, figure.unit, SERIF, COLUMN_LEFT, top + unit_top, COLUMN_WIDTH, [44, 36, 30], "ink-2"
    )


def draw_grade(canvas, edition, top):
    """Draws the mark, word and colour that the grade has on every page, and the name of the site."""
    colour = GRADE_COLOURS[edition.grade]
    if edition.grade == Grade.UNSOURCED:
        draw_line(canvas, "?", MONO, COLUMN_LEFT + 3, top, 24, [28], colour)
    else:
        canvas.bitmap((COLUMN_LEFT, top + 8), grade_mark(edition.grade), light_colour(colour))
    label = fit_text(edition.get_grade_display(), BOLD, 180, 0, [26, 22])
    label.draw(canvas, COLUMN_LEFT + 36, top, 180, light_colour(colour))
    site = fit_text(settings.SITE_NAME, SANS, COLUMN_WIDTH - 230, 0, [24, 20])
    site_left = COLUMN_LEFT + COLUMN_WIDTH - round(site.width)
    site.draw(canvas, site_left, top, round(site.width), light_colour("ink-3"))


def grade_mark(grade):
    """Returns a circle as a mask: full for supported, half for stated, empty for disputed."""
    mask = Image.new("L", (24 * OVERSAMPLING, 24 * OVERSAMPLING))
    canvas, box = ImageDraw.Draw(mask), (OVERSAMPLING, OVERSAMPLING, 23 * OVERSAMPLING, 23 * OVERSAMPLING)
    canvas.ellipse(box, 255 if grade == Grade.SUPPORTED else 0, 255, 3 * OVERSAMPLING)
    if grade == Grade.STATED:
        canvas.pieslice(box, 90, 270, 255)
    return mask.reduce(OVERSAMPLING)


def blank_image(slug):
    """Returns an image with the margin line and the plate of a slug, and the canvas to draw on it."""
    image = Image.new("RGB", (WIDTH, HEIGHT), light_colour("paper"))
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((MARGIN_LINE, 0, MARGIN_LINE + 3, HEIGHT), light_colour("margin"))
    left, top = (RULED_LEFT + WIDTH - SIDE * MILLIMETRE) // 2, (HEIGHT - SIDE * MILLIMETRE) // 2
    draw_ruling(canvas, left, top)
    sheet, creases = masks_of(crease_pattern(slug))
    canvas.bitmap((left, top), sheet, light_colour("violet-wash"))
    canvas.bitmap((left, top), creases, light_colour("violet"))
    return image, canvas


def draw_ruling(canvas, left, top):
    """Draws Seyès ruling to the edges of the image, with a crossing at the plate's corner (left, top)."""
    canvas.rectangle((RULED_LEFT, 0, WIDTH, HEIGHT), light_colour("sheet"))
    line, square = LINE * MILLIMETRE, SQUARE * MILLIMETRE
    for y in range(top % line, HEIGHT, line):
        canvas.line((RULED_LEFT, y, WIDTH, y), light_colour("rule"), 1 if (y - top) % square else 2)
    for x in range(RULED_LEFT + (left - RULED_LEFT) % square, WIDTH, square):
        canvas.line((x, 0, x, HEIGHT), light_colour("rule"), 2)


def masks_of(crease_pattern):
    """Returns two masks: the sheet of paper, and its edges with its creases."""
    side = OVERSAMPLING * (SIDE * MILLIMETRE + 1)
    sheet, creases = Image.new("L", (side, side)), Image.new("L", (side, side))
    canvas, unit = ImageDraw.Draw(creases), OVERSAMPLING * MILLIMETRE
    corners = [(line.x1 * unit, line.y1 * unit) for line in crease_pattern.lines if line.kind == "edge"]
    # Not opaque: the ruling shows through the paper a little.
    ImageDraw.Draw(sheet).polygon(corners, 225)
    canvas.line([*corners, corners[0]], 255, OVERSAMPLING)
    for line in crease_pattern.lines:
        start, end = (line.x1 * unit, line.y1 * unit), (line.x2 * unit, line.y2 * unit)
        if line.kind == "mountain":
            canvas.line((start, end), 255, 3 * OVERSAMPLING)
        elif line.kind == "valley":
            draw_dashed_line(canvas, start, end, 3 * OVERSAMPLING)
    return sheet.reduce(OVERSAMPLING), creases.reduce(OVERSAMPLING)


def draw_dashed_line(canvas, start, end, width, dash=12 * OVERSAMPLING, gap=9 * OVERSAMPLING):
    (x, y), (end_x, end_y) = start, end
    length = ((end_x - x) ** 2 + (end_y - y) ** 2) ** 0.5
    across, down = (end_x - x) / length, (end_y - y) / length
    at = 0
    while at < length:
        until = min(at + dash, length)
        canvas.line((x + across * at, y + down * at, x + across * until, y + down * until), 255, width)
        at += dash + gap


def png_of(image):
    file = BytesIO()
    # 128 colours are enough for flat colours and their edges, and make the file a fraction of the size.
    image.quantize(128, Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=False)
    return file.getvalue()
