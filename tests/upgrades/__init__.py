"""Small databases of released versions, which every later version has to bring up to date.

`VERSION.json` holds the rows of a site of that version, filled with made-up content, and the last migration
of each app. It is written once, at the release, by `python -m tests.upgrades make VERSION`, and stays so.
"""
