"""Says which colours are those of paper, on which nobody sees them."""

# All three channels of such a colour are at least as light.
PALE = 0xF6


def is_paper(color):
    """Says that a colour in six digits, “FFFFFF” or “#ffffff”, is as light as paper."""
    try:
        return len(color.removeprefix("#")) == 6 and min(bytes.fromhex(color.removeprefix("#"))) >= PALE
    except ValueError:
        return False
