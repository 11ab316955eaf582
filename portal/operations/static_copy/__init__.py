"""The public site as files, for a web server to fall back to: what a visitor reaches by links, with links that lead from file to file.

What takes a query, such as search, a narrowed list or the pages after the first, is no file and is left out; so is the API.
"""
