"""Draws pictures: the tests and the style guide show no photograph of anybody."""

import struct
import zlib
from io import BytesIO

from django.utils import timezone
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from organisation.models import Consent, Picture, StoredFile
from organisation.models.consent_rules import OF_CHILDREN
from organisation.models.picture import USES

from .people import alice, bob

SECRETS = [b"Zugzwang", b"GPS", b"Exif", b"xmpmeta", b"ICC", b"north-quay"]
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:li>Zugzwang</rdf:li></x:xmpmeta>'


def drawing(width=800, height=500, mode="RGB"):
    """Returns a drawn landscape whose upper left corner is red and whose lower right one is blue."""
    image = Image.new(mode, (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, height), (width // 3, height // 3), (width * 2 // 3, height)], fill="#4b2a91")
    draw.ellipse([width * 3 // 5, height // 5, width * 4 // 5, height // 2], fill="#f4b400")
    draw.rectangle([0, 0, width // 5, height // 5], fill="#ff0000")
    draw.rectangle([width * 4 // 5, height * 4 // 5, width, height], fill="#0000ff")
    return image


def picture_bytes(image=None, kind="JPEG", **options):
    file = BytesIO()
    (image or drawing()).save(file, kind, **options)
    return file.getvalue()


def telling_jpeg(orientation=1, **size):
    """Returns a JPEG that says where and by whom it was made, in every way in which a JPEG can."""
    image = drawing(**size)
    exif = image.getexif()
    exif[0x0112] = orientation
    exif[0x013B] = "Zugzwang"  # artist
    exif.get_ifd(0x8825)[1] = "N"  # the north or south of the place
    exif.get_ifd(0x8825)[2] = (52.0, 22.0, 12.0)
    profile = srgb_profile()
    return picture_bytes(
        image, exif=exif, xmp=XMP, icc_profile=profile, comment=b"Zugzwang of the north-quay", quality=92
    )


def srgb_profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def telling_png():
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Zugzwang")
    text.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    return picture_bytes(kind="PNG", pnginfo=text)


def png_of_size(width, height):
    """Returns the few bytes of a PNG whose header tells a size, without so many pixels."""
    contents = bytearray(picture_bytes(drawing(8, 8), "PNG"))
    contents[16:24] = struct.pack(">II", width, height)
    contents[29:33] = struct.pack(">I", zlib.crc32(bytes(contents[12:29])))
    return bytes(contents)


def a_picture(shows="nobody", *, width=800, height=500, colour=None, **values):
    """Returns a drawn picture that may be shown; `shows` is who is in it, or None for no consent at all."""
    image = drawing(width, height)
    if colour:
        image.putpixel((0, 0), colour)
    file = StoredFile.objects.store(picture_bytes(image, "WEBP", lossless=True), "image/webp")
    values = {"alt_text": "A hill and the sun", "made": "drawing"} | values
    picture = Picture.objects.create(file=file, width=width, height=height, **values)
    if shows:
        a_consent(picture, shows)
    return picture


def a_consent(picture, shows="adults", *, confirmed=True, uses=USES, **values):
    """Returns a consent that lacks nothing, written by Alice; Bob has confirmed that of children."""
    values = {"written_by": alice()} | consent_values(shows, uses) | values
    consent = Consent(picture=picture, shows=shows, **values)
    consent.full_clean(exclude=["picture"])
    consent.save()
    return consent.confirm(bob()) if confirmed and shows == "children" else consent


def consent_values(shows="adults", uses=USES):
    if shows == "nobody":
        return {}
    today = timezone.now().date()
    values = {
        "given_by": "Dora of the quay",
        "role": "herself",
        "how": "form",
        "day": today,
        "ends_on": today.replace(day=1, year=today.year + 2),
        "form_at": "Folder 7",
        "seen_by": alice(),
        **{f"for_{use}": True for use in uses},
    }
    if shows == "children":
        values |= {"role": "the mother", "guardian": "Dora of the quay", **dict.fromkeys(OF_CHILDREN, True)}
    return values
