"""Says in sentences what the rows of a result say, and nothing else: no cause, no average, no adverb."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..grades import Shown
from .comparing import difference_between, is_exact

# With more readings than these, the first, the last, the most and the least are told.
FEW = 24


def sentence_of(results):
    """Returns what the readings of an indicator say, from the first that can be compared to the last."""
    if not results.readings:
        return nothing_said(results)
    told = [in_words(results), contradiction_told(results), missing_told(results)]
    return " ".join(filter(None, told))


def nothing_said(results):
    """Returns the sentence of an indicator without any reading."""
    rows = results.without_value
    if not rows:
        return _("No result over time is on record.")
    if len(rows) == 1:
        return _("Nothing is on record for %(period)s.") % {"period": rows[0].period}
    names = {"first": rows[0].period, "last": rows[-1].period}
    return _("Nothing is on record for %(first)s to %(last)s.") % names


def in_words(results):
    dated = results.dated
    if not dated:
        return undated(results)
    last = dated[-1]
    if not results.indicator.is_counted:
        return not_counted(results)
    if len(dated) > FEW:
        return most_and_least(results)
    names = {"last": last.said_with_period} | who_says_so([last])
    before = comparable(results, last)
    if before is None:
        return _("%(last)s, as %(organisation)s states%(support)s.") % names
    return from_to(results.indicator, before, last)


def comparable(results, last):
    """Returns the nearest earlier reading of the same length, counted alike and not contradicted.

    Another organisation's is left out: the sentence names one that states both.
    """
    for each in reversed(results.dated[:-1]):
        if (
            each.span != last.span
            and each.edition.organisation_id == last.edition.organisation_id
            and is_as_long(each, last)
            and is_counted_alike(results.indicator, each, last)
            and each.shown != Shown.CONTRADICTED
        ):
            return each
    return None


def is_as_long(one, other):
    """True where two periods are equally long; a half-year is never compared with a year."""
    lengths = [each.span[1] - each.span[0] for each in (one, other)]
    return abs(lengths[0] - lengths[1]) < 1 / 24


def is_counted_alike(indicator, earlier, later):
    since = indicator.changed_on
    return not since or (earlier.figure.starts >= since) == (later.figure.starts >= since)


def from_to(indicator, before, last):
    names = {"first": before.said_with_period, "last": last.said_with_period} | who_says_so([before, last])
    difference = difference_between(before.figure, last.figure)
    if difference == 0:
        names |= {"value": last.said, "first": before.period, "last": last.period}
        return _("%(value)s in %(first)s and in %(last)s, as %(organisation)s states%(support)s.") % names
    if difference is None or indicator.direction == indicator.Direction.NEITHER:
        return capfirst(_("%(first)s, %(last)s, as %(organisation)s states%(support)s.") % names)
    if difference > 0:
        return _("Rose from %(first)s to %(last)s, as %(organisation)s states%(support)s.") % names
    return _("Fell from %(first)s to %(last)s, as %(organisation)s states%(support)s.") % names


def who_says_so(readings):
    """Returns who states the last of these readings, and who else supports it."""
    last = readings[-1]
    is_all = len({each.shown for each in readings}) == 1
    support = ""
    if last.shown == Shown.INDEPENDENT:
        support = (
            _("; an independent source supports it")
            if is_all
            else _("; an independent source supports the last")
        )
    elif last.shown == Shown.PARTNER:
        support = _("; a partner supports it") if is_all else _("; a partner supports the last")
    return {"organisation": last.edition.organisation.named, "support": support}


def most_and_least(results):
    """Returns the sentence on many readings; where there are more than are shown, on the latest of them."""
    dated = results.dated
    exact = [each for each in dated if is_exact(each.figure)] or dated
    most, least = (choose(exact, key=lambda each: each.figure.value) for choose in (max, min))
    names = {
        "count": len(dated),
        "first": dated[0].said_with_period,
        "last": dated[-1].said_with_period,
        "most": most.said_with_period,
        "least": least.said_with_period,
    }
    if results.more:
        values = _("%(last)s, the last; of the latest %(count)d most: %(most)s; least: %(least)s") % names
    else:
        values = _("%(first)s, the first; %(last)s, the last; most: %(most)s; least: %(least)s") % names
    return stated(values, [dated[0], most, least, dated[-1]])


def stated(values, readings):
    """Returns values with who states these readings: their organisation, or the texts of several."""
    if len({each.edition.organisation_id for each in readings}) > 1:
        return capfirst(_("%(values)s, as its texts state.") % {"values": values})
    names = {"values": values} | who_says_so(readings)
    return capfirst(_("%(values)s, as %(organisation)s states%(support)s.") % names)


def undated(results):
    """Returns the sentence on readings of which no source says the period."""
    names = {"values": in_a_list([each.said for each in results.readings])}
    names |= who_says_so([results.readings[-1]])
    return capfirst(
        ngettext(
            "%(values)s, as %(organisation)s states%(support)s; of which period is not stated.",
            "%(values)s, as its texts state; of which periods is not stated.",
            len(results.readings),
        )
        % names
    )


def not_counted(results):
    """Returns the sentence on answers or words, of which none is more or less than another."""
    measures = results.indicator.Measure
    if results.indicator.measure == measures.WORDS:
        return ngettext("%(count)d reading in words.", "%(count)d readings in words.", len(results.dated)) % {
            "count": len(results.dated)
        }
    told = results.dated[-FEW:]
    return stated(in_a_list([each.said_with_period for each in told]), told)


def in_a_list(texts):
    return _(", ").join(texts)


def contradiction_told(results):
    """Returns the sentence on the last reading of which another text gives another value."""
    contradicted = [each for each in results.readings if each.contradictions]
    if not contradicted:
        return ""
    reading = contradicted[-1]
    other = reading.contradictions[-1]
    names = {
        "source": other.source,
        "other": other.said,
        "period": reading.period,
        "organisation": reading.edition.organisation.named,
        "value": reading.said,
    }
    if not reading.span:
        return _("“%(source)s” says %(other)s, where %(organisation)s says %(value)s.") % names
    return _("“%(source)s” says %(other)s for %(period)s, where %(organisation)s says %(value)s.") % names


def missing_told(results):
    count = len(results.without_value)
    if not count:
        return ""
    return ngettext("%(count)d period has no value.", "%(count)d periods have no value.", count) % {
        "count": count
    }


def promise_of(results):
    """Returns the sentences on what was aimed at, the latest target first."""
    if not results.targets:
        return _("No target is on record.") if results.readings else ""
    verdicts = {id(row.target): row.verdict for row in results.rows if row.target and row.verdict}
    return " ".join(
        target_told(each, verdicts.get(id(each), ""))
        for each in sorted(results.targets, key=by_end, reverse=True)
    )


def by_end(target):
    return target.figure.ends


def target_told(target, found):
    names = {"period": target.period, "value": target.said, "verdict": found}
    if not target.span:
        return _("A target without a day was %(value)s.") % names
    if found:
        return _("The target for %(period)s was %(value)s: %(verdict)s.") % names
    return _("The target for %(period)s was %(value)s.") % names
