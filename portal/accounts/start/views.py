"""The pages on which a new portal is set up."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organisation.admin.look import checked_look, specimen_context
from organisation.models import site_settings

from ..second_factor import SECOND_FACTORS
from .forms import FORMS, PeopleExist
from .progress import SCREENS, Progress, people_exist
from .screens import TITLES, form_of, is_closed, is_done, next_screen, required_before, save

BROWSER = "start"  # the name, in the session, of the secret of the browser that opened the address
PUBLISHER = "organisation.accept_proposal"


@never_cache
@require_safe
def open_start(request, token):
    """Gives the start to the browser that opens its address first, and leads it to the screens."""
    progress = under_way()
    if people_exist():
        return refused(request, _("The first people have their accounts, so this address has ended."))
    if progress.is_of(request.session.get(BROWSER)):
        return redirect("start")
    if not progress.opens(token):
        return refused(request, _("This address is mistyped, or somebody has opened it before you."))
    if progress.has_expired:
        return refused(request, _("This address was good for a day, and that is over."))
    request.session.cycle_key()
    request.session[BROWSER] = progress.use_up()
    return redirect("start")


@never_cache
@require_safe
def overview(request):
    """Lists the screens, which of them are done, and leads to the next one."""
    progress = under_way()
    if answer := keep_out(request, progress):
        return answer
    note_second_factor(request, progress)
    following = next_screen(progress)
    screens = [
        {
            "title": TITLES[screen],
            "address": reverse("start-screen", args=[screen]),
            "is_done": is_done(progress, screen),
            "is_open": not is_closed(progress, screen) and not required_before(progress, screen),
            "is_next": screen == following,
        }
        for screen in SCREENS
    ]
    context = {"screens": screens, "are_people": people_exist()}
    return render(request, "account/start/overview.html", context)


@never_cache
def screen(request, name):
    """Shows one screen, or saves it and leads to the next."""
    progress = under_way()
    if name not in SCREENS:
        raise Http404
    if answer := keep_out(request, progress):
        return answer
    note_second_factor(request, progress)
    if before := required_before(progress, name):
        messages.warning(request, _("First comes “%(screen)s”.") % {"screen": TITLES[before]})
        return redirect("start-screen", before)
    if is_closed(progress, name):
        messages.info(
            request,
            _("“%(screen)s” is done: from now on it is changed at the desk.") % {"screen": TITLES[name]},
        )
        return redirect("start")
    if name not in FORMS:
        return PAGES[name](request, progress)
    form = form_of(progress, name, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "action": request.path, "heading": TITLES[name], **more_of(name)}
        return render(request, f"account/start/{name}.html", context)
    try:
        made = save(progress, name, form, request.user if request.user.is_authenticated else None)
    except PeopleExist:
        return refused(request, _("The first people have their accounts, so this address has ended."))
    if name == "people":
        log_in(request, made)
    return redirect("start-screen", next_screen(progress))


@never_cache
@require_safe
def colours(request):
    """Returns what is refused of the colours in the query, for the specimen that follows them."""
    if keep_out(request, under_way()):
        raise PermissionDenied
    return JsonResponse(checked_look(request.GET))


def factor(request, progress):
    """Leads to where a second factor is set up; who has none is told what that means on this site."""
    if request.method == "POST":
        progress.finish("factor")
        return redirect("start-screen", next_screen(progress))
    context = {
        "heading": TITLES["factor"],
        "has_factor": is_mfa_enabled(request.user, SECOND_FACTORS),
        "is_required": not settings.PORTAL_PASSWORD_ONLY,
        "is_alone": site_settings().one_person_alone,
    }
    return render(request, "account/start/factor.html", context)


def documents(request, progress):
    """Ends the start, and leads to the import of documents or to the desk."""
    if request.method == "POST":
        progress.end()
        brings_a_document = "document" in request.POST
        return redirect("admin:new-document" if brings_a_document else "admin:index")
    left = [TITLES[each] for each in SCREENS[:-1] if not is_done(progress, each)]
    return render(request, "account/start/documents.html", {"heading": TITLES["documents"], "left": left})


PAGES = {"factor": factor, "documents": documents}


def more_of(name):
    if name == "look":
        return specimen_context(site_settings().look, reverse("start-colours"))
    return {}


def note_second_factor(request, progress):
    """Counts the step as done for whoever has set a factor up, however they came back from there."""
    if "factor" in progress.done or not request.user.is_authenticated:
        return
    if is_mfa_enabled(request.user, SECOND_FACTORS):
        progress.done = [*progress.done, "factor"]


def under_way():
    """Returns the start under way; without one, its addresses are not there."""
    progress = Progress.read()
    if progress is None:
        raise Http404
    return progress


def keep_out(request, progress):
    """Returns the answer to whoever may not go on: a refusal, or the login; None to who may.

    Until somebody has an account it is the browser that opened the address; then it is who may publish.
    """
    if not people_exist():
        if progress.is_of(request.session.get(BROWSER)):
            return None
        return refused(request, _("The start belongs to whoever opened its address first."))
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("start"))
    if not request.user.has_perm(PUBLISHER):
        raise PermissionDenied
    return None


def refused(request, sentence):
    return render(request, "account/start/refused.html", {"sentence": sentence}, status=403)


def log_in(request, user):
    """Logs the first person in: whoever has chosen the password has just shown it."""
    request.session.pop(BROWSER, None)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(
        request, user, method="password", username=user.get_username(), reauthenticated=True
    )
