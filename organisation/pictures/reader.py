"""Reads a picture that somebody made and encodes it anew, small, upright and with nothing else in it.

It runs in a child process, and needs no Django: see `organisation.reader_process`.
"""

import re
import zipfile
from base64 import b64encode
from contextlib import suppress
from io import BytesIO

from PIL import AvifImagePlugin, ExifTags, Image, ImageCms
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from organisation.reader_process.unreadable import Unreadable

# A picture of so many pixels takes four bytes each, and a few times that while it is turned and coloured.
MAX_MEMORY_BYTES, MAX_SECONDS = 1024**3, 20
MAX_PIXELS, MAX_SIDE = 40_000_000, 2400
# What was drawn stays as it is, unless that takes more than a photograph would.
MAX_LOSSLESS_BYTES, QUALITY = 3 * 1024**2, 90
MEDIA_TYPE = "image/webp"
# How the pixels lie that a camera has turned, by the number that it says.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# Programs of other kinds look for these in any file, wherever it begins.
OTHER_CONTENT = re.compile(rb"<script|<\?php|<html|<!doctype", re.IGNORECASE)
PDF_START = re.compile(rb"%PDF-\d")
START_OF_PDF = 1024  # bytes in which it may begin


def read(contents):
    """Returns {contents in Base64, media type, width, height} of the picture as it is stored."""
    try:
        image = open_image(contents)
        refuse_other_content(contents)
        is_drawn, profile, orientation = (
            isinstance(image, PngImageFile),
            image.info.get("icc_profile"),
            orientation_of(image),
        )
        image = without_metadata(upright(in_srgb(reduced(image), profile), orientation))
        encoded = encode(image, is_drawn)
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Image.DecompressionBombError as error:
        raise Unreadable("too many pixels") from error
    except Exception as error:  # of a damaged file a decoder raises anything
        raise Unreadable("damaged picture") from error
    return {
        "contents": b64encode(encoded).decode(),
        "media_type": MEDIA_TYPE,
        "width": image.width,
        "height": image.height,
    }


def open_image(contents):
    """Returns an image of which the header alone is read; its decoder is chosen by the first bytes."""
    # A decoder that takes the memory for all pixels as it begins asks this first, and refuses twice as many.
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2
    image = decoder_of(contents)(BytesIO(contents))
    if image.width * image.height > MAX_PIXELS:
        raise Unreadable("too many pixels")
    if getattr(image, "n_frames", 1) > 1:
        raise Unreadable("moving")
    return image


def decoder_of(contents):
    if contents.startswith(b"\xff\xd8\xff"):
        return JpegImageFile
    if contents.startswith(b"\x89PNG\r\n\x1a\n"):
        return PngImageFile
    if contents.startswith(b"RIFF") and contents[8:12] == b"WEBP":
        return WebPImageFile
    if contents[4:12] in (b"ftypavif", b"ftypavis"):
        AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # a reader starts none
        return AvifImagePlugin.AvifImageFile
    raise Unreadable("no picture")


def refuse_other_content(contents):
    """Raises Unreadable for a file that is a picture to one program and something else to another."""
    is_other = OTHER_CONTENT.search(contents) or PDF_START.search(contents[:START_OF_PDF])
    if is_other or zipfile.is_zipfile(BytesIO(contents)):
        raise Unreadable("two kinds")


def orientation_of(image):
    try:
        return image.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # a damaged record of the camera; the picture itself may be whole
        return None


def reduced(image):
    """Returns the image, decoded, with at most 2,400 pixels on its longer side."""
    if image.mode.startswith(("I", "F")):  # 16 bits of grey
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif image.has_transparency_data:
        image = image.convert("RGBA")
    elif image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGB")
    image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return image


def in_srgb(image, profile):
    """Returns the image in the colours of the web: RGB, or RGBA where anything shows through."""
    alpha = None
    if image.mode == "RGBA":
        alpha = image.getchannel("A")
        image = image.convert("RGB")
    if profile:
        source = BytesIO(profile)
        # A profile of other colours, or a damaged one, is left out, as browsers do.
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    image = image.convert("RGB")
    if alpha is not None and alpha.getextrema()[0] < 255:
        image.putalpha(alpha)
    return image


def upright(image, orientation):
    return image.transpose(TURNS[orientation]) if orientation in TURNS else image


def without_metadata(image):
    """Returns an image that has the pixels and nothing else."""
    return Image.frombytes(image.mode, image.size, image.tobytes())


def encode(image, is_drawn):
    if is_drawn:
        lossless = saved(image, lossless=True, quality=50)
        if len(lossless) <= MAX_LOSSLESS_BYTES:
            return lossless
    return saved(image, quality=QUALITY)


def saved(image, **options):
    file = BytesIO()
    image.save(file, "WEBP", **options)
    return file.getvalue()
