"""A picture of 1200 × 630 for a claim, an organisation and the site: ruled paper, the margin with the reference, the words and a plate.

Nothing about its size can be asked for, so that drawing one costs the same whoever asks.
"""

from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from impact.grades import Grade
from organisation.dates import partial_date_text
from organisation.templatetags.margin import figure_value, quoted

from ..colours import light_colour
from ..crease_patterns import LINE, SIDE, SQUARE, crease_pattern
from .text_layout import BOLD, MONO, SANS, SERIF, lines_of

WIDTH, HEIGHT = 1200, 630
MARGIN, RULE = 56, 176  # where the margin's words begin, and the rose line
LEFT, COLUMN = 216, 590  # where the words begin, and how wide their lines may be
PLATE = 844  # where the ruled paper begins
MILLIMETRE = 5
FINE = 3  # drawn so much larger, then reduced: Pillow draws lines without soft edges
STATUS = {
    Grade.SUPPORTED: "verified",
    Grade.STATED: "attention",
    Grade.DISPUTED: "disputed",
    Grade.UNSOURCED: "retired",
}


def picture_of_edition(edition):
    picture, draw = sheet(edition.claim.reference.lower())
    write(draw, edition.claim.reference, MONO, MARGIN, 52, RULE - MARGIN - 16, [40, 34, 28, 22], "margin")
    write(
        draw,
        _("Edition %(number)d") % {"number": edition.number},
        SANS,
        MARGIN,
        104,
        RULE - MARGIN - 16,
        [24, 20, 16],
        "ink-3",
    )
    top = 52
    for figure in edition.figures.all()[:1]:
        top += write_figure(draw, figure, top) + 20
    words = lines_of(
        quoted(edition.statement),
        SERIF,
        COLUMN,
        478 - top,
        [60, 54, 48, 42, 38, 34, 30] if top == 52 else [38, 34, 30],
    )
    words.write(draw, LEFT, top, COLUMN, light_colour("ink"))
    write(draw, str(edition.organisation), BOLD, LEFT, 498, COLUMN, [28, 24], "ink")
    write_grade(draw, edition, 544)
    return saved(picture)


def picture_of_organisation(organisation):
    picture, draw = sheet(organisation.slug)
    name = lines_of(organisation.official_name, SERIF, COLUMN, 340, [84, 72, 64, 56, 48, 40], spacing=1.16)
    name.write(draw, LEFT, 64, COLUMN, light_colour("ink"))
    top = 64 + name.height + 24
    for date, told in (
        (organisation.founded, _("Founded: %(date)s")),
        (organisation.closed, _("Closed: %(date)s")),
    ):
        if date:
            top += write(
                draw, told % {"date": partial_date_text(date)}, SANS, LEFT, top, COLUMN, [28], "ink-2"
            )
    write(draw, settings.SITE_NAME, BOLD, LEFT, 520, COLUMN, [28, 24], "ink-3")
    return saved(picture)


def picture_of_site():
    picture, draw = sheet("home")
    name = lines_of(settings.SITE_NAME, SERIF, COLUMN, 360, [96, 84, 72, 60, 48], spacing=1.14)
    name.write(draw, LEFT, 64, COLUMN, light_colour("violet-deep"))
    told = lines_of(
        _("Who these organisations are, what they say they have done, and what shows it."),
        SANS,
        COLUMN,
        120,
        [30, 26],
    )
    told.write(draw, LEFT, 572 - told.height, COLUMN, light_colour("ink-2"))
    return saved(picture)


def alt_of_edition(edition):
    words = {
        "reference": edition.claim.reference,
        "statement": edition.statement,
        "organisation": edition.organisation,
        "grade": edition.get_grade_display(),
    }
    figure = next(iter(edition.figures.all()), None)
    if figure:
        return _("%(reference)s: %(figure)s. “%(statement)s” %(organisation)s. Evidence: %(grade)s.") % (
            words | {"figure": figure.text}
        )
    return _("%(reference)s: “%(statement)s” %(organisation)s. Evidence: %(grade)s.") % words


def write(draw, text, family, x, y, width, sizes, colour):
    """One line; how high it is."""
    line = lines_of(text, family, width, 0, sizes)
    line.write(draw, x, y, width, light_colour(colour))
    return line.height


def write_figure(draw, figure, top):
    """The number as large as it fits behind its qualifier, both on one line, and the unit below; how high all is."""
    qualifier = lines_of(figure.get_qualifier_display() if figure.qualifier else "", SERIF, COLUMN, 0, [44])
    before = qualifier.width and round(qualifier.width) + 18
    number = lines_of(
        figure_value(figure.value), SERIF, COLUMN - before, 0, [150, 132, 116, 100, 84, 68, 52], spacing=1
    )
    qualifier.write(draw, LEFT, top + number.ascent - qualifier.ascent, COLUMN, light_colour("ink-2"))
    number.write(draw, LEFT + before, top, COLUMN - before, light_colour("violet"))
    below = number.ascent + 10
    return below + write(draw, figure.unit, SERIF, LEFT, top + below, COLUMN, [44, 36, 30], "ink-2")


def write_grade(draw, edition, top):
    """The shape, the word and the colour that the grade has on every page; and whose page it is."""
    colour = STATUS[edition.grade]
    if edition.grade == Grade.UNSOURCED:
        write(draw, "?", MONO, LEFT + 3, top, 24, [28], colour)
    else:
        draw.bitmap((LEFT, top + 8), shape_of(edition.grade), light_colour(colour))
    word = lines_of(edition.get_grade_display(), BOLD, 180, 0, [26, 22])
    word.write(draw, LEFT + 36, top, 180, light_colour(colour))
    site = lines_of(settings.SITE_NAME, SANS, COLUMN - 230, 0, [24, 20])
    site.write(draw, LEFT + COLUMN - round(site.width), top, round(site.width), light_colour("ink-3"))


def shape_of(grade):
    mask = Image.new("L", (24 * FINE, 24 * FINE))
    draw, edges = ImageDraw.Draw(mask), (FINE, FINE, 23 * FINE, 23 * FINE)
    draw.ellipse(edges, 255 if grade == Grade.SUPPORTED else 0, 255, 3 * FINE)
    if grade == Grade.STATED:
        draw.pieslice(edges, 90, 270, 255)
    return mask.reduce(FINE)


def sheet(slug):
    """The empty page with the plate of a slug, and the pen for it."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), light_colour("paper"))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((RULE, 0, RULE + 3, HEIGHT), light_colour("margin"))
    left, top = (PLATE + WIDTH - SIDE * MILLIMETRE) // 2, (HEIGHT - SIDE * MILLIMETRE) // 2
    rule(draw, left, top)
    folded = crease_pattern(slug)
    paper, creases = masks(folded)
    draw.bitmap((left, top), paper, light_colour("violet-wash"))
    draw.bitmap((left, top), creases, light_colour("violet"))
    return picture, draw


def rule(draw, left, top):
    """Seyès ruling out to the edges, of which the plate's corner is one crossing."""
    draw.rectangle((PLATE, 0, WIDTH, HEIGHT), light_colour("sheet"))
    line, square = LINE * MILLIMETRE, SQUARE * MILLIMETRE
    for y in range(top % line, HEIGHT, line):
        draw.line((PLATE, y, WIDTH, y), light_colour("rule"), 1 if (y - top) % square else 2)
    for x in range(PLATE + (left - PLATE) % square, WIDTH, square):
        draw.line((x, 0, x, HEIGHT), light_colour("rule"), 2)


def masks(crease_pattern):
    """The sheet of paper, through which the ruling shows a little, and its edges and creases."""
    paper, creases = (Image.new("L", (FINE * (SIDE * MILLIMETRE + 1),) * 2) for _each in range(2))
    pen, unit = ImageDraw.Draw(creases), FINE * MILLIMETRE
    corners = [(line.x1 * unit, line.y1 * unit) for line in crease_pattern.lines if line.kind == "edge"]
    ImageDraw.Draw(paper).polygon(corners, 225)
    pen.line([*corners, corners[0]], 255, FINE)
    for line in crease_pattern.lines:
        start, end = (line.x1 * unit, line.y1 * unit), (line.x2 * unit, line.y2 * unit)
        if line.kind == "mountain":
            pen.line((start, end), 255, 3 * FINE)
        elif line.kind == "valley":
            dashed(pen, start, end, 3 * FINE)
    return paper.reduce(FINE), creases.reduce(FINE)


def dashed(draw, start, end, width, dash=12 * FINE, gap=9 * FINE):
    (x, y), (to_x, to_y) = start, end
    long = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
    across, down = (to_x - x) / long, (to_y - y) / long
    at = 0
    while at < long:
        until = min(at + dash, long)
        draw.line((x + across * at, y + down * at, x + across * until, y + down * until), 255, width)
        at += dash + gap


def saved(picture):
    file = BytesIO()
    picture.quantize(128, Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=False)
    return file.getvalue()
