"""British dates, as the rest of the English is. Every other language keeps the formats of Django."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
