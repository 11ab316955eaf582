"""What pages cost at the thirty of the seeded site and at five thousand: `python -m benchmarks.pages`."""

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
            queries, milliseconds = cost(path)
            then, took = before[path]
            print(
                f"{path:<40} {then:>4} → {queries:>4}   {took:>6.1f} → {milliseconds:>6.1f}   {milliseconds / took:.2f} ×",
                flush=True,
            )
        print(f"{DEEP:<40} {'':>4}   {cost(DEEP)[0]:>4}   {'':>6}   {cost(DEEP)[1]:>6.1f}", flush=True)


if __name__ == "__main__":
    main()
