"""Asks once what an empty site is to be: the demonstration, or a portal of one's own."""

import json
import os
import sys

from cms.models import Page
from django.conf import settings
from django.db import transaction
from django.forms import BooleanField
from django.utils.translation import gettext as _

from organisation.models import Organisation
from portal.accounts.start.forms import FORMS, PeopleExist
from portal.accounts.start.progress import Progress, people_exist
from portal.accounts.start.screens import form_of, required_before, save
from portal.seeding.staff import seed_groups, seed_user

from .backup import OperationError
from .backup.disk import disk_errors

DEMONSTRATION, OWN = "demonstration", "own"
# The screens that a file of answers can fill in, in their order; a second factor belongs to a person.
ANSWERED = tuple(FORMS)


def is_empty_site():
    return not Organisation.objects.exists() and not Page.objects.exists()


def chosen_start(answers):
    """Returns what an empty site is to be, from the answers, the environment, or whoever sits there."""
    variable = os.environ.get("START", "").strip()
    if variable not in ("", OWN, DEMONSTRATION):
        sentence = _("START is “%(value)s”: write own or demonstration, or leave it out.")
        raise OperationError(sentence % {"value": variable})
    if answers:
        return answers["start"]
    if variable:
        return variable
    return ask_in_terminal() if sys.stdin.isatty() and sys.stdout.isatty() else DEMONSTRATION


def ask_in_terminal():
    """Asks until the answer is one of the two; Enter means the demonstration."""
    print(_("This site is empty. Shall it show the demonstration, or begin as your own?"))
    while True:
        try:
            answer = input(_("Press Enter for the demonstration, or write own: "))
        except EOFError:
            return DEMONSTRATION
        if answer.strip().casefold() in ("", DEMONSTRATION):
            return DEMONSTRATION
        if answer.strip().casefold() == OWN:
            return OWN
        print(_("“%(answer)s” is neither: press Enter, or write own.") % {"answer": answer.strip()})


def begin_own_start(answers=None):
    """Begins the start of a portal of one's own, with what a file of answers already says.

    It can be repeated: whoever ended the program before the database was written begins once more.
    """
    with disk_errors(settings.VAR_DIR), transaction.atomic():
        seed_groups()
        seed_user()
        before, progress = Progress.read(), Progress.read() or Progress()
        progress.write()
        try:
            for screen in ANSWERED:
                if answers and screen in answers:
                    answer_screen(progress, screen, answers[screen])
        except BaseException:
            if before:
                before.write()
            else:
                progress.end()
            raise


def answer_screen(progress, screen, values):
    if before := required_before(progress, screen):
        sentence = _(
            "The answers to “%(screen)s” need those to “%(before)s”: write them too. Nothing was done."
        )
        raise OperationError(sentence % {"screen": screen, "before": before})
    form = form_of(progress, screen, values)
    if unknown := sorted(set(values) - set(form.fields)):
        sentence = _(
            "The answers to “%(screen)s” name “%(field)s”, which is not asked there: correct it. "
            "Nothing was done."
        )
        raise OperationError(sentence % {"screen": screen, "field": unknown[0]})
    for field, value in values.items():
        if not is_answer(form.fields[field], value):
            sentence = _(
                "The answer to “%(field)s” of “%(screen)s” is no text: write it in quotation marks. "
                "Nothing was done."
            )
            raise OperationError(sentence % {"field": field, "screen": screen})
    if not form.is_valid():
        field, messages = next(iter(form.errors.items()))
        sentence = _("The answer to “%(field)s” of “%(screen)s” is refused: %(told)s Nothing was done.")
        raise OperationError(sentence % {"field": field, "screen": screen, "told": messages[0]})
    try:
        save(progress, screen, form)
    except PeopleExist as error:
        raise OperationError(_("There are people already, so none are made from answers.")) from error


def is_answer(field, value):
    """True for a text, and for true or false where a form has a tick; half a character is no text."""
    if isinstance(value, bool):
        return isinstance(field, BooleanField)
    return isinstance(value, str) and value.encode(errors="replace").decode() == value


def without_repetition(pairs):
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _value in pairs]
        name = next(name for name in names if names.count(name) > 1)
        raise ValueError(_("“%(name)s” stands there twice") % {"name": name})
    return values


def read_answers(path):
    """Returns {"start": …, screen: {field: value}} of a file; OperationError if it is something else."""
    try:
        # Some editors of text begin a file with a mark.
        text = path.read_text(encoding="utf-8-sig")
        answers = json.loads(text, object_pairs_hook=without_repetition)
    except (OSError, ValueError, RecursionError) as error:
        sentence = _("The answers in %(file)s cannot be read (%(error)s): write them as JSON.")
        raise OperationError(sentence % {"file": path, "error": error}) from error
    if not isinstance(answers, dict) or answers.get("start") not in (OWN, DEMONSTRATION):
        sentence = _("The answers in %(file)s say no start: write “start”: “own” or “demonstration”.")
        raise OperationError(sentence % {"file": path})
    screens = {name: values for name, values in answers.items() if name != "start"}
    known = ANSWERED if answers["start"] == OWN else ()
    for name, values in screens.items():
        if name not in known or not isinstance(values, dict):
            sentence = _("The answers in %(file)s hold “%(name)s”, which nothing asks for: take it out.")
            raise OperationError(sentence % {"file": path, "name": name})
    return answers


def tell_of_start(address, report):
    """Shows where the start goes on, if one is under way: its one-time address, or the login."""
    progress = Progress.read()
    if progress is None:
        return
    if people_exist():
        sentence = _("The start goes on at %(address)saccounts/start/ for who may publish.")
        report(sentence % {"address": address})
        return
    sentence = _(
        "Set your portal up, once the server answers, at %(address)saccounts/start/open/%(token)s/ "
        "(this address is yours alone: it opens once, within a day)."
    )
    with disk_errors(settings.VAR_DIR):
        report(sentence % {"address": address, "token": progress.new_token()})
