"""Writes the public site as files, for a web server to fall back to.

A copy holds what a visitor reaches by links, with links that lead from file to file. An address with a query,
such as search, a narrowed list or the pages after the first, is no file and is left out; so is the API.
"""
