"""The word that somebody meant: words are kept under what is left of them when a letter is dropped, so a slip leads to them in one look-up."""

from portal.models import SearchWord

SHORTEST, LONGEST = 4, 30
HEAD = 7
MOST_LOOKED_AT = 500


def worth_offering(word):
    return SHORTEST <= len(word) <= LONGEST and not any(letter.isdigit() for letter in word)


def keys_of(word):
    """The head of the word, and what is left of it without one of its letters."""
    head = word[:HEAD]
    return {head, word} | {head[:place] + head[place + 1 :] for place in range(len(head))}


def corrections(word):
    """Known words that a few slips lead to, the nearest first."""
    if not worth_offering(word) and len(word) != SHORTEST - 1:
        return []
    slips = 1 if len(word) < 6 else 2
    known = (
        SearchWord.objects.filter(key__in=keys_of(word))
        .order_by()
        .values_list("word", flat=True)
        .distinct()[:MOST_LOOKED_AT]
    )
    far = {each: distance(word, each) for each in known}
    return sorted((each for each in far if 0 < far[each] <= slips), key=lambda each: (far[each], each))


def distance(one, other):
    """How many letters must be added, dropped, changed or swapped with the next to make one word of the other."""
    before, last = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for place, against in enumerate(other, 1):
            least = min(last[place] + 1, now[place - 1] + 1, last[place - 1] + (letter != against))
            if before and place > 1 and letter == other[place - 2] and one[row - 2] == against:
                least = min(least, before[place - 2] + 1)
            now.append(least)
        before, last = last, now
    return last[-1]
