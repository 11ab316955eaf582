"""Pages are rendered once for each generation of the public record and served from memory until the next.

`generation` is the number that says which; `writes` raises it whenever something is written; `pages` keeps the answers, around Django.
"""
