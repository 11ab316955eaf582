"""English and French are told from other languages, because only their sentences are read."""

import pytest
from django.forms import FileField, ImageField, ModelMultipleChoiceField
from django.utils import translation

from portal.staff.document_import.rules.language import language_at, language_of

# What Django says of files and choices, in ninety words.
FIELDS = (FileField, ImageField, ModelMultipleChoiceField)
MESSAGES = [message for field in FIELDS for message in field.default_error_messages.values()]
LANGUAGES = "ar ca cs da de el es fi ga he id it ja nl pl pt ro ru sv sw tr uk vi".split()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We trained teachers in the delta.", "en"),
        ("Nous avons formé des enseignants dans le delta.", "fr"),
        ("La red formó a maestros en el delta del norte.", ""),
        ("Das Netzwerk hat im Delta Lehrer ausgebildet.", ""),
        ("Мы обучили учителей в дельте.", ""),
        ("昨天我们培训了教师。", ""),
        ("Teachers", ""),
        ("12 345", ""),
        ("", ""),
    ],
)
def test_the_language_of_a_sentence(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("code", "language"), [("en", "en"), ("fr", "fr"), *[(code, "") for code in LANGUAGES]]
)
def test_the_language_of_a_longer_text(code, language):
    with translation.override(code):
        assert language_of(" ".join(map(str, MESSAGES))) == language


def test_a_short_sentence_is_in_the_language_of_its_text():
    text = "This is what we have done in the year. Teachers trained. Los maestros de las islas."
    for words, language in (("Teachers trained", "en"), ("Los maestros de las islas", "")):
        start = text.index(words)
        assert language_at(text, start, start + len(words)) == language
