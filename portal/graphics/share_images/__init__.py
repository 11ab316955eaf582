"""Share images: the pictures that other sites and messengers show beside a link to a page."""
