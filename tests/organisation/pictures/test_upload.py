"""A picture that comes in is encoded anew, small, upright and without a word about who made it and where."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from organisation.pictures import reader, upload
from organisation.pictures.upload import PictureField, read_picture
from organisation.reader_process.unreadable import Unreadable
from tests.support.pictures import SECRETS, drawing, picture_bytes, png_of_size, telling_jpeg, telling_png

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def image_of(picture):
    return Image.open(BytesIO(picture.contents))


def is_near(colour, other):
    return all(abs(one - two) < 40 for one, two in zip(colour[:3], other, strict=True))


def refusal(contents):
    with pytest.raises(ValidationError) as refused:
        read_picture(contents)
    (message,) = refused.value.messages
    return message


def zipped():
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("run.sh", "echo")
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_each_of_four_kinds_comes_in_and_looks_as_it_did(kind):
    picture = read_picture(picture_bytes(kind=kind))
    image = image_of(picture)
    assert (
        (picture.media_type, picture.width, picture.height)
        == ("image/webp", 800, 500)
        == (
            "image/webp",
            *image.size,
        )
    )
    assert is_near(image.getpixel((20, 20)), RED) and is_near(image.getpixel((780, 480)), BLUE)


@pytest.mark.parametrize("contents", [telling_jpeg(), telling_png()], ids=["JPEG", "PNG"])
def test_nothing_of_place_camera_names_and_colour_profile_is_left(contents):
    assert any(secret in contents for secret in SECRETS)
    picture = read_picture(contents)
    assert [secret for secret in SECRETS if secret.lower() in picture.contents.lower()] == []
    image = image_of(picture)
    assert not image.getexif() and set(image.info) <= {"loop", "background", "timestamp", "duration"}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_that_the_camera_has_turned_stands_upright(orientation):
    picture = read_picture(telling_jpeg(orientation))
    image = image_of(picture)
    assert (image.height > image.width) is (orientation > 4)
    # Where the upper left corner of the pixels comes to lie.
    left, top = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}[
        orientation
    ]
    corner = (left * (image.width - 40) + 20, top * (image.height - 40) + 20)
    assert is_near(image.getpixel(corner), RED)


@pytest.mark.parametrize(
    ("size", "stored"),
    [
        ((2400, 1200), (2400, 1200)),
        ((2401, 1200), (2400, 1200)),
        ((500, 4800), (250, 2400)),
        ((1, 1), (1, 1)),
    ],
)
def test_the_longer_side_has_2400_pixels_at_most(size, stored):
    picture = read_picture(picture_bytes(Image.new("RGB", size)))
    assert (picture.width, picture.height) == stored


def test_what_shows_through_stays_so_and_hides_no_colours():
    image = drawing(mode="RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    stored = image_of(read_picture(picture_bytes(image, "PNG")))
    assert stored.mode == "RGBA" and stored.getpixel((400, 0))[3] == 0 < stored.getpixel((400, 480))[3]
    assert stored.getpixel((20, 0)) == (0, 0, 0, 0)  # red lay there, and nobody saw it
    image.putalpha(255)
    assert image_of(read_picture(picture_bytes(image, "PNG"))).mode == "RGB"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_pictures_of_every_depth_and_colour_come_in(mode):
    image = Image.linear_gradient("L").resize((300, 200))
    image = Image.new("I;16", (300, 200), 65535) if mode == "I;16" else image.convert(mode)
    stored = image_of(read_picture(picture_bytes(image, "JPEG" if mode == "CMYK" else "PNG")))
    assert stored.size == (300, 200) and is_near(stored.getpixel((150, 199)), WHITE)


def test_a_drawing_stays_as_sharp_as_it_was_drawn():
    image = drawing()
    assert image_of(read_picture(picture_bytes(image, "PNG"))).tobytes() == image.tobytes()


@pytest.mark.parametrize(
    ("contents", "sentence"),
    [
        (
            b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
            "An SVG drawing can hold programs",
        ),
        (b"<!-- made --><svg/>", "An SVG drawing can hold programs"),
        (picture_bytes(kind="GIF"), "A GIF has few colours"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1", "Few browsers show HEIC"),
        (picture_bytes(kind="TIFF"), "save it as JPEG or PNG"),
        (picture_bytes(kind="BMP"), "save it as JPEG or PNG"),
        (picture_bytes(kind="PDF"), "A PDF file is a document"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "The file is a web page, whatever its name says"),
        (b"GIF is a word, and no picture", "The file is no picture"),
        (b"\0", "The file is no picture"),
        (picture_bytes()[:-600], "is damaged or not whole"),
        (picture_bytes(kind="PNG")[:-600], "is damaged or not whole"),
        (picture_bytes(kind="WEBP")[:-600], "is damaged or not whole"),
        (picture_bytes(kind="AVIF")[:-600], "is damaged or not whole"),
        (b"\xff\xd8\xff", "is damaged or not whole"),
        (picture_bytes() + b"<script>alert(1)</script>", "a picture and something else as well"),
        (picture_bytes(comment=b"<?php echo 1 ?>"), "a picture and something else as well"),
        (picture_bytes() + zipped(), "a picture and something else as well"),
        (picture_bytes(comment=b"%PDF-1.7"), "a picture and something else as well"),
        (png_of_size(20_000, 20_000), "more than 40 million pixels"),
        (png_of_size(2**31 - 1, 1), "more than 40 million pixels"),
        (
            picture_bytes(kind="WEBP", save_all=True, append_images=[drawing().rotate(90)]),
            "The picture moves",
        ),
        (picture_bytes(kind="PNG", save_all=True, append_images=[drawing().rotate(90)]), "The picture moves"),
    ],
)
def test_what_is_no_whole_still_picture_alone_is_refused_with_one_sentence(contents, sentence):
    assert sentence in refusal(contents)


@pytest.mark.parametrize(("height", "is_refused"), [(4000, False), (4001, True)])
def test_forty_million_pixels_are_read_and_more_are_refused_by_the_header(height, is_refused):
    contents = png_of_size(10_000, height)
    if is_refused:
        with pytest.raises(Unreadable, match="too many pixels"):
            reader.open_image(contents)
    else:
        assert reader.open_image(contents).size == (10_000, 4000)  # nothing of it is decoded


def test_a_large_webp_is_refused_before_its_decoder_takes_memory_for_it():
    contents = bytearray(picture_bytes(drawing(64, 64), "WEBP", lossless=True))
    bits = int.from_bytes(contents[21:25], "little") & ~0xFFFFFFF
    contents[21:25] = (bits | 16_382 | 16_382 << 14).to_bytes(4, "little")
    assert "more than 40 million pixels" in refusal(bytes(contents))


@pytest.mark.parametrize(("extra", "is_refused"), [(0, False), (1, True)])
def test_a_file_has_twenty_megabytes_at_most(extra, is_refused):
    contents = picture_bytes()
    contents += bytes(upload.MAX_BYTES + extra - len(contents))
    if is_refused:
        assert (
            refusal(contents)
            == "The file is larger than 20 MB: save it smaller, 2400 pixels wide are enough."
        )
    else:
        assert read_picture(contents).width == 800


def test_a_field_keeps_the_picture_and_not_the_name_of_its_file():
    file = SimpleUploadedFile("north-quay.html", telling_jpeg(), "text/html")
    cleaned = PictureField().clean(file)
    assert "north-quay" not in repr(cleaned.picture) and cleaned.picture.width == 800


def test_whoever_comes_while_two_are_read_is_asked_to_come_again(monkeypatch):
    monkeypatch.setattr(upload, "PATIENCE", 0)
    with upload.places, upload.places:
        assert refusal(picture_bytes()).startswith("Others are bringing in pictures")
    assert read_picture(picture_bytes()).width == 800
