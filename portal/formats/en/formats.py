"""English dates as the rest of the site's English is: British. Every other language keeps Django's own formats."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
