"""Makes organisations that nobody has heard of, their documents and their claims, in a line each."""

from decimal import Decimal

from django.utils.text import slugify

from advocacy.models import Ask, Instrument
from impact.models import Absence, Claim, Figure, Indicator, Part
from impact.numbers import find_written, numbers_in, qualifier_at_end, written_number
from organisation.models import Citation, Mend, Organisation, Passage, Source, Statement
from organisation.models.source import checksum

from .pages import a_page, profile_of
from .people import alice, bob


def an_organisation(name="Harbour Aid", **values):
    """Returns the organisation of this name, which the first call makes."""
    defaults = {"official_name": name} | values
    return Organisation.objects.get_or_create(slug=slugify(name), defaults=defaults)[0]


def a_profiled_organisation(name="Harbour Aid", **values):
    """Returns an organisation whose profile visitors find: its page is published."""
    organisation = an_organisation(name, profiled=True, **values)
    profile_of(organisation)
    organisation.refresh_from_db()
    return organisation


def a_source(title="Yearbook of Harbour Aid", **values):
    """Returns a new document, whose address is made of its title."""
    values = {"slug": slugify(title)[:100], "kind": "web page"} | values
    return Source.objects.create(title=title, **values)


def a_passage(words="We taught 40 pilots.", **values):
    """Returns the passage that is all the text of a new document."""
    return Passage.objects.quote(a_source(**{"title": words, "text": words} | values), words)


def a_claim(statement="We taught 40 pilots", figure=None, source=None, **values):
    """Returns a draft that lacks nothing; `figure` is a number of pilots, `source` the one document it cites.

    Harbour Aid claims it, unless `organisation` says who else does.
    """
    defaults = {"organisation": an_organisation(), "owner": alice(), "subject": "Pilots"}
    defaults |= {"theme": "training", "type": "output"}
    claim = Claim.objects.create(statement=statement, **defaults | values)
    cite(claim, source or Source.objects.filter(slug="yearbook-of-harbour-aid").first() or a_source())
    if figure is not None:
        a_figure(claim, figure)
    return claim


def a_figure(claim, value, **values):
    """Adds a figure as the statement writes it, or else as computed from it; the first source says it."""
    values = {"label": "pilots", "unit": "pilots"} | values
    if not {"as_written", "computed_from"} & values.keys():
        quote_statement(claim)
        if written := written_number(Decimal(value), values["unit"], claim.statement):
            values["as_written"] = written
        else:
            values |= {"computed_from": claim.statement, "computation": "counted"}
    return Figure.objects.create(claim=claim, value=value, **values)


def quote_statement(claim):
    """Writes the statement at the end of the first source that is cited without a passage, and quotes it."""
    citation = claim.citations.first()
    if citation is None or citation.passage:
        return
    source = citation.source
    start = len(source.text)
    text = f"{source.text}{claim.statement}\n"
    Source.objects.filter(pk=source.pk).update(text=text, sha256=checksum(text))
    citation.source.refresh_from_db()
    citation.passage = Passage.objects.create(
        source=source, start=start, end=start + len(claim.statement), words=claim.statement
    )
    citation.save()


def restate_figures(claim, by=None):
    """Lets each figure be written as a changed statement has it, by a mend of its passage; the rest go."""
    for figure in claim.figures.exclude(as_written=""):
        if find_written(figure.as_written, claim.statement):
            continue
        figure._history_user = by
        if not (numbers := numbers_in(claim.statement)):
            figure.delete()
            continue
        passage = next(each.passage for each in claim.citations.all() if each.passage)
        start = claim.statement.index(numbers[0])
        qualifier = qualifier_at_end(claim.statement[:start])
        written = claim.statement[qualifier.start() if qualifier else start : start + len(numbers[0])]
        values = {"shows": written, "why": "A slip."}
        Mend.objects.update_or_create(passage=passage, says=figure.as_written, defaults=values)
        figure.as_written = written
        figure.save()


def cite(record, source, relation="states", independence="own", **values):
    """Adds a citation after those that the record has, and returns it."""
    citation = Citation(record=record, source=source, relation=relation, independence=independence, **values)
    citation.set_last_order()
    citation.save()
    return citation


def published(claim, reason="A newer count", change="", **values):
    """Lets Bob publish a claim with these values of its text, without the steps of a review.

    Words that part from its passages are marked as ours, without which they could not be published.
    """
    for name, value in values.items():
        setattr(claim, name, value)
    claim.in_our_words = claim.in_our_words or bool(claim.partings())
    claim.save()
    if "statement" in values:
        restate_figures(claim)
    return claim.publish(by=bob(), reason=reason, change=change, seen=Claim.AS_STORED)


def a_statement(text="A harbour for every ship.", **values):
    """Returns a vision of Harbour Aid's, or what `values` say of whose and of which kind it is."""
    defaults = {"organisation": an_organisation(), "slug": slugify(text)[:50], "kind": "vision"}
    return Statement.objects.create(text=text, **defaults | values)


def an_instrument(title="Treaty on Safe Harbours", **values):
    return Instrument.objects.create(**{"title": title, "slug": slugify(title)} | values)


def an_ask(text="Ratify the treaty.", **values):
    defaults = {"organisation": an_organisation(), "slug": slugify(text), "addressees": "Coastal states"}
    return Ask.objects.create(text=text, **defaults | values)


def quote(record):
    """Lets the first citation of a record quote its words, in a document of its own; returns the record."""
    passage = a_passage(record.quoted_words)
    citation = record.citations.first()
    citation.source, citation.passage = passage.source, passage
    citation.save()
    return record


def a_page_with(plugin, slug="page-of-a-test", **fields):
    """Returns the path of a new published page, whose only block is a plugin with these fields."""
    a_page("A page", (plugin, fields), slug=slug)
    return f"/{slug}/"


def an_indicator(title="Children back in school", **values):
    """Returns an indicator of Harbour Aid that counts children over a period, and more of them is better."""
    defaults = {"organisation": an_organisation(), "unit": "children", "direction": "up", "level": "outcome"}
    return Indicator.objects.create(title=title, **defaults | values)


def a_reading(indicator, value, period="2024", kind="actual", parts=(), statement="", **values):
    """Returns a draft with one reading, whose source says each number in it; see a_claim and a_figure.

    `period` is a date or two with a slash; a part is (axis, group, number as written or reason for none).
    """
    starts, _slash, ends = period.partition("/")
    written = {name: values.pop(name) for name in ("as_written", "qualifier", "set_on") if name in values}
    said = written.setdefault("as_written", str(value))
    numbers = [each for _axis, _group, each in parts if each[:1].isdigit()]
    of_parts = f", of them {', '.join(numbers)}" if numbers else ""
    statement = statement or f"In {period.replace('/', ' to ')} it was {said} {indicator.unit}{of_parts}"
    claim = a_claim(
        statement, **{"organisation": indicator.organisation, "subject": indicator.title} | values
    )
    of_indicator = {"indicator": indicator, "kind": kind, "starts": starts, "ends": ends or starts}
    quote_statement(claim)
    figure = a_figure(claim, value, label=indicator.title, unit=indicator.unit, **of_indicator, **written)
    for order, (axis, group, each) in enumerate(parts):
        number = {"value": each.replace(",", ""), "as_written": each} if each in numbers else {"reason": each}
        Part.objects.create(figure=figure, axis=axis, group=group, order=order, **number)
    return claim


def an_absence(indicator, period="2020", reason="not collected", **values):
    starts, _slash, ends = period.partition("/")
    return Absence.objects.create(
        indicator=indicator, starts=starts, ends=ends or starts, reason=reason, **values
    )
