"""The one door through which a picture comes in: it is recognised by its bytes, and encoded anew."""

import hashlib
import re
from base64 import b64decode
from dataclasses import dataclass
from threading import BoundedSemaphore

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..reader_process import read_in_child

READER = "organisation.pictures.reader"
MAX_BYTES = 20 * 1024**2
ACCEPTED = "image/jpeg,image/png,image/webp,image/avif"
# Fewer than the threads of the server: visitors are served while many pictures come in at once.
MOST_AT_ONCE, PATIENCE = 2, 60
places = BoundedSemaphore(MOST_AT_ONCE)

# Of each kind that does not come in: the first bytes by which it is known, and the sentence.
OTHER_KINDS = [
    (
        re.compile(rb"<(?:!doctype html|html|head|body|script)", re.IGNORECASE),
        _("The file is a web page, whatever its name says: choose the picture itself."),
    ),
    (
        re.compile(rb"<(?:svg|[^\x00]*<svg)", re.IGNORECASE),
        _("An SVG drawing can hold programs: export it as PNG, 2400 pixels wide, and choose that."),
    ),
    (
        re.compile(rb"GIF8[79]a"),
        _("A GIF has few colours and may move: save its picture as PNG, and choose that."),
    ),
    (
        re.compile(rb"....ftyp(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)", re.DOTALL),
        _(
            "Few browsers show HEIC pictures: send it from the telephone as “most compatible”, "
            "or save it as JPEG, and choose that."
        ),
    ),
    (
        re.compile(rb"II\*\x00|MM\x00\*|BM|8BPS|\x00\x00\x01\x00|\xff\x0a|\x00\x00\x00\x0cJXL "),
        _("Not every browser shows pictures of this kind: save it as JPEG or PNG, and choose that."),
    ),
    (
        re.compile(rb"%PDF-"),
        _("A PDF file is a document: save the page that you want as PNG, and choose that."),
    ),
]
DAMAGED = _("The picture is damaged or not whole: open it in a picture program and save it again.")
SENTENCES = {
    "no picture": _("The file is no picture: choose a JPEG, PNG, WebP or AVIF file."),
    "damaged picture": DAMAGED,
    "damaged": DAMAGED,
    "too many pixels": _(
        "The picture has more than 40 million pixels: save it smaller, 2400 pixels wide are enough."
    ),
    "moving": _("The picture moves: save one picture of it, and choose that."),
    "two kinds": _(
        "The file is a picture and something else as well: open it in a picture program and save it again."
    ),
    "too much": _(
        "The picture takes too much memory or time to be read: save it smaller, 2400 pixels wide are enough."
    ),
}
TOO_LARGE = _("The file is larger than %(most)d MB: save it smaller, 2400 pixels wide are enough.")
BUSY = _("Others are bringing in pictures: nothing is stored, send it again in a minute.")


@dataclass(frozen=True)
class ReadPicture:
    """A picture as it is stored: encoded anew, upright, at most 2,400 pixels long and without metadata."""

    contents: bytes
    media_type: str
    width: int
    height: int

    @property
    def sha256(self):
        return hashlib.sha256(self.contents).hexdigest()


def read_picture(contents):
    """Returns the ReadPicture of what somebody sent; ValidationError with one sentence if it is refused.

    Every door by which a picture comes in asks this, and nothing of what was sent is stored.
    """
    if len(contents) > MAX_BYTES:
        raise ValidationError(TOO_LARGE, code="size", params={"most": MAX_BYTES // 1024**2})
    # A text may begin with a byte order mark, and with spaces.
    head = contents[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    for start, sentence in OTHER_KINDS:
        if start.match(head):
            raise ValidationError(sentence, code="kind")
    if not places.acquire(timeout=PATIENCE):
        raise ValidationError(BUSY, code="busy")
    try:
        answer = read_in_child(READER, contents, SENTENCES)
    finally:
        places.release()
    return ReadPicture(**answer | {"contents": b64decode(answer["contents"])})


class PictureField(forms.FileField):
    """A file with a picture in it; `picture` of the cleaned value is the ReadPicture.

    The name of the file is neither asked nor kept.
    """

    def __init__(self, **kwargs):
        widget = forms.FileInput(attrs={"accept": ACCEPTED})
        super().__init__(**{"label": _("picture"), "widget": widget} | kwargs)
        self.error_messages |= {
            "required": _("Choose a picture."),
            "empty": _("The file is empty: choose one with a picture in it."),
        }

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if upload:
            if upload.size > MAX_BYTES:  # before it is read into memory
                raise ValidationError(TOO_LARGE, code="size", params={"most": MAX_BYTES // 1024**2})
            upload.picture = read_picture(upload.read())
        return upload
