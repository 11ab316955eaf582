from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.accounts.second_factor import forget_factors


class Command(BaseCommand):
    help = _("Takes every second factor and session from an account, for example when a telephone is lost.")

    def add_arguments(self, parser):
        parser.add_argument("account", help=_("the name that is logged in with"))

    def handle(self, *, account, **options):
        user = get_user_model().objects.filter(username=account).first()
        if user is None:
            raise CommandError(_("There is no account “%(account)s”.") % {"account": account})
        forget_factors(user)
        self.stdout.write(
            _("“%(account)s” has no second factor any more and sets one up at the next login.")
            % {"account": account}
        )
