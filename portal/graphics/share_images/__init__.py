"""The pictures that stand beside a link to the site where people share it."""
