"""Checks that what is public is found, and that nothing waits for somebody who will not come."""

from contextlib import suppress

from cms.models import PageContent, PageUrl
from django.contrib.redirects.models import Redirect
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from impact.models import Claim, ReviewStep, Stage
from organisation.models import Organisation, Proposal, Takedown
from organisation.public_pages import public_contents
from portal.models import PageStep
from portal.pages.addresses import VIEWS_OF_PAGES, public_addresses
from portal.pages.workflow import AWAITING, drafts_with_steps
from portal.staff.desk.parted_words import parted_records

from .finding import note, ok, wrong


def check_home_page():
    if public_contents().filter(url_path="", page__is_home=True).exists():
        return ok(_("Home: it is published."))
    return wrong(_("Home: no page is published there. Publish it, or set another published page as home."))


def check_pages():
    addresses = public_addresses()
    hidden = sorted(address for address in addresses.values() if view_of(address) not in VIEWS_OF_PAGES)
    urls = PageUrl.objects.filter(page=OuterRef("page"), language=OuterRef("language"), path__isnull=False)
    without = PageContent.objects.filter(~Exists(urls)).order_by("title")
    lost = hidden + [f"“{content.title}”" for content in without]
    if lost:
        sentence = ngettext(
            "Pages: %(count)d is published where nobody finds it: %(first)s. Give it another short name, "
            "or another place, and publish it again.",
            "Pages: %(count)d are published where nobody finds them, first %(first)s. Give each another "
            "short name, or another place, and publish it again.",
            len(lost),
        )
        return wrong(sentence % {"count": len(lost), "first": lost[0]})
    return ok(_("Pages: each is found at its address."))


def check_quotations():
    if count := sum(1 for _record in parted_records()):
        sentence = ngettext(
            "Quotations: the words of %(count)d record stand in no passage that it cites. The desk lists it.",
            "Quotations: the words of %(count)d records stand in no passage they cite. The desk lists them.",
            count,
        )
        return note(sentence % {"count": count})
    return ok(_("Quotations: each stands in a passage, or is marked as ours."))


def check_profiles():
    count = Organisation.objects.profiled().filter(has_page=False).count()
    if count:
        sentence = ngettext(
            "Organisations: %(count)d has a profile that readers do not find. Publish its page below the "
            "list of organisations, or take its profile away.",
            "Organisations: %(count)d have profiles that readers do not find. Publish their pages below the "
            "list of organisations, or take their profiles away.",
            count,
        )
        return wrong(sentence % {"count": count})
    return ok(_("Organisations: each profile has its page."))


def check_redirects():
    targets = dict(Redirect.objects.values_list("old_path", "new_path"))
    answering = set(public_addresses().values())
    bad = sorted(old for old in targets if answers(old, answering) or not leads_on(old, targets, answering))
    if bad:
        sentence = ngettext(
            "Redirects: %(first)s leads to nothing or in a circle, or something answers there. "
            "Correct or delete it in the admin.",
            "Redirects: %(count)d lead to nothing or in a circle, or something answers there; the first is "
            "%(first)s. Correct or delete each in the admin.",
            len(bad),
        )
        return wrong(sentence % {"count": len(bad), "first": bad[0]})
    return ok(_("Redirects: each leads to something."))


def leads_on(old, targets, answering):
    """True if an old address leads to something that answers, or says that the page is gone."""
    seen, path = set(), old
    while path in targets and path not in seen:
        seen.add(path)
        path = targets[path]
    return path not in seen and (path == "" or answers(path, answering))


def answers(path, answering):
    view = view_of(path)
    return path in answering if view in VIEWS_OF_PAGES else view is not None


def view_of(path):
    """Returns the name of the view at an address; None without one."""
    with suppress(Resolver404):
        return resolve(path).url_name
    return None


def check_authors():
    gone = Q(author=None) | Q(author__is_active=False)
    submissions = ReviewStep.objects.filter(claim=OuterRef("pk"), kind=ReviewStep.Kind.SUBMITTED)
    by_active = Subquery(submissions.order_by("-at", "-pk").values("by__is_active")[:1])
    steps = PageStep.objects.filter(
        Q(by=None) | Q(by__is_active=False),
        kind=PageStep.Kind.SUBMITTED,
        modified=F("version__modified"),
        version__in=drafts_with_steps().filter(step_kind__in=AWAITING).values("pk"),
    )
    count = (
        Proposal.objects.open().filter(gone).count()
        + Claim.objects.filter(stage=Stage.SUBMITTED)
        .annotate(by_active=by_active)
        .filter(by_active=False)
        .count()
        + steps.values("version").distinct().count()
    )
    if count:
        sentence = ngettext(
            "Review: %(count)d change waits whose author has no active account any more. "
            "Return it or take it back, and let somebody else hand it in anew.",
            "Review: %(count)d changes wait whose authors have no active account any more. "
            "Return them or take them back, and let somebody else hand them in anew.",
            count,
        )
        return wrong(sentence % {"count": count})
    return ok(_("Review: whoever handed something in can answer for it."))


def check_takedowns():
    if count := Takedown.objects.overdue().count():
        sentence = ngettext(
            "Takedowns: nobody else has looked at %(count)d within seven days. "
            "Let somebody else open it from the desk, and confirm it or put it back.",
            "Takedowns: nobody else has looked at %(count)d within seven days. "
            "Let somebody else open them from the desk, and confirm them or put them back.",
            count,
        )
        return wrong(sentence % {"count": count})
    return ok(_("Takedowns: no second look is overdue."))
