"""Measures pages at the thirty of the seeded site and at five thousand: `python -m benchmarks.pages`."""

from .register import cost
from .sites import add_pages, throw_away_site

PATHS = (
    "/",
    "/about/",
    "/organisations/coalition/",
    "/organisations/coalition/history/",
    "/evidence/",
    "/evidence/e10-training-programmes/",
    "/search/?q=dallaire",
)
SECTIONS, PAGES_EACH = 50, 100
DEEP = "/archive/section-1/page-1/"


def main():
    with throw_away_site():
        before = {path: cost(path) for path in PATHS}
        add_pages(SECTIONS, PAGES_EACH)
        print(f"{'page':<40} {'queries':>14} {'CPU ms':>16}")
        for path in PATHS:
            queries_before, milliseconds_before = before[path]
            queries, milliseconds = cost(path)
            print(
                f"{path:<40} {queries_before:>4} → {queries:>4}   {milliseconds_before:>6.1f} → "
                f"{milliseconds:>6.1f}   {milliseconds / milliseconds_before:.2f} ×",
                flush=True,
            )
        queries, milliseconds = cost(DEEP)
        print(f"{DEEP:<40} {'':>4}   {queries:>4}   {'':>6}   {milliseconds:>6.1f}", flush=True)


if __name__ == "__main__":
    main()
