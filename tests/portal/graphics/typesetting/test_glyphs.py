"""What a font has no glyph for is replaced before it is typeset."""

import pytest

from portal.graphics.typesetting.glyphs import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a~ é ł Ж", "a~ é ł Ж"),
        ("a\n\tb", "a\n\tb"),
        ("a\r\x01\x7fb\u202e\ufeff", "ab"),
        ("a\u00ad\u200c\u200d\u200e\u200fb", "a\u00ad\u200c\u200d\u200e\u200fb"),
        ("训😀\ue000", "\ufffd\ufffd\ufffd"),
        ("درّب", "درّب"),
    ],
)
def test_a_sign_without_a_glyph_is_replaced_and_one_that_is_no_sign_goes(text, shown):
    assert printable(text) == shown
