"""Draws pictures: the tests and the style guide show no photograph of anybody."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

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
