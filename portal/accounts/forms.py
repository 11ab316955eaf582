"""The form that sets an authenticator app up."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP


class SingleUseActivateTOTPForm(ActivateTOTPForm):
    """Counts the code that sets the app up as used, as the login does, so that it lets nobody in after it."""

    def clean_code(self):
        code = super().clean_code()
        if not TOTP(Authenticator(user=self.user))._mark_code_used(code):
            raise get_adapter().validation_error("incorrect_code")
        return code
