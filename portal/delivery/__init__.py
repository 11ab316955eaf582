"""Renders each public page once per content generation and serves it from memory until the next generation.

`generation` holds the number, `invalidation` bumps it after each write, `page_cache` stores the responses.
"""
