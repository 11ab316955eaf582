"""Finds what visitors read that no source says, from what the site serves alone: pages, tables, citations."""

import json
import re
from functools import cached_property

from lxml import html

from .citations import bibtex, csl, ris

SPACE = re.compile(r"\s+")
NUMBER = re.compile(r"\d+(?:[ ,.]\d+)*")
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
QUOTED = "descendant::blockquote[contains(@class, 'quote')] | descendant::*[contains(@class, 'wording')]"
# What a text block writes stands in the page itself, and has no class.
TAGS = "p", "ul", "ol", "blockquote", "table", "h2", "h3", "h4"
PROSE = f"*[{' or '.join(f'self::{tag}' for tag in TAGS)}][not(@class)]"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
NO_COUNT = re.compile(rf"\d+ (?:{MONTHS})|\b(?:19|20)\d\d\b|\b[EI]\d+\b|ISO \d+")


# What names its own sources: a record with a note in the margin, an event, a fold.
NAMING = (
    "descendant::*[contains(@class, 'record') or contains(@class, 'lane-entry')"
    " or contains(@class, 'fold-text') or contains(@class, 'lane-telling')]"
)
NOTE = "(div[@role='note'] | details[@class='sources'])"
# The words that they are named for.
BESIDE = (
    "descendant::blockquote[@class='quote']/p | div/p[@class='ask-words']"
    " | div[@class='moment-words']/div/p[not(@class='title' or @class='meta')]"
    " | self::*[contains(@class, 'lane-entry') or contains(@class, 'lane-telling')"
    " or contains(@class, 'fold-text')]/p[not(@class)]"
)


def folded(text):
    return SPACE.sub(" ", text).strip()


def words_of(element):
    """Returns the words of an element as they are seen, without quotation marks around them."""
    pieces = element.xpath("descendant::text()[not(ancestor::*[contains(@class, 'unseen')])]")
    return re.sub(r"^“|[ …]*”$", "", folded("".join(pieces))).removesuffix("…").strip()


class SourceText:
    """The public text of a source with the mends that its page tells of."""

    def __init__(self, tree):
        lines = tree.xpath("//ol[contains(@class, 'verbatim')]/li/span[@class='line-text']")
        self.lines = [each.text_content() for each in lines]
        self.mends = [
            tuple(cell.text_content() if cell.tag == "q" else "" for cell in mend)
            for mend in (
                [(row.xpath("td[1]/q") or [row])[0], (row.xpath("td[2]/q") or [row])[0]]
                for row in tree.xpath("//table[contains(@class, 'mends')]/tbody/tr")
            )
        ]

    def mended(self, text):
        for says, shows in self.mends:
            text = text.replace(says, shows)
        return text

    def passage(self, line, start, length):
        """Returns the words at a place, which may go on over the following lines."""
        return "\n".join(self.lines[line - 1 :])[start : start + length]

    @cached_property
    def versions(self):
        """Returns the whole text as found and as mended, with folded spaces."""
        text = "\n".join(self.lines)
        return folded(text), folded(self.mended(text))


class Falsehoods:
    """Reads the pages of a crawl, {path: Page}, and the tables and citations of the same site."""

    def __init__(self, client, pages):
        self.client = client
        self.trees = {page.path: html.fromstring(page.html) for page in pages.values()}
        texts = ((path, SourceText(tree)) for path, tree in self.trees.items())
        self.sources = {path: text for path, text in texts if text.lines}
        self.prose = {path: tree.xpath(f"//main/{PROSE}") for path, tree in self.trees.items()}

    def rows(self, name):
        return json.loads(self.client.get(f"/data/{name}.json").getvalue())[name]

    def all(self):
        parts = self.in_quotations, self.in_figures, self.in_citations, self.of_the_closed, self.in_prose
        return [fault for part in parts for fault in part()]

    def in_quotations(self):
        """Yields each quotation that no source says, and each line that is named beside other words."""
        for path, tree in self.trees.items():
            if path.startswith("/styleguide/"):
                continue
            main = (tree.xpath("//main") or [tree])[0]
            for quotation in main.xpath(QUOTED):
                for words in quoted_words(quotation):
                    if not self.is_said(words):
                        yield f"{path}: no source says “{words}”"
            for record in main.xpath(NAMING):
                yield from (f"{path}: {fault}" for fault in self.beside(record))

    def is_said(self, words):
        return any(words in version for source in self.sources.values() for version in source.versions)

    def beside(self, record):
        """Yields what is wrong with the lines that the note beside a record's words names."""
        links, paragraphs = record.xpath(f"{NOTE}//a[@data-words]"), record.xpath(BESIDE)
        if links and "In our words" in "".join(record.xpath(f"{NOTE}//text()")):
            yield "a line is named beside words of ours"
        if not links or not paragraphs:
            return
        passages = []
        for link in links:
            path, _sign, line = link.get("href").partition("#L")
            source = self.sources[path]
            words = source.passage(int(line), *map(int, link.get("data-words").split()))
            passages += [folded(words), folded(source.mended(words))]
        for words in map(words_of, paragraphs):
            if not any(words in passage for passage in passages):
                yield f"no line that is named says “{words}”"

    def in_figures(self):
        """Yields each figure and number that neither the claim nor a passage says, and that is not marked."""
        claims = {row["reference"]: row for row in self.rows("claims")}
        said = {}
        for row in self.rows("evidence"):
            words, source = (
                row["words"],
                self.sources.get(row["source_address"].partition("testserver")[2].partition("#")[0]),
            )
            said.setdefault(row["reference"], []).extend([words, source.mended(words)] if source else [words])
        computed = {}
        for figure in self.rows("figures"):
            reference, written = figure["reference"], figure["as_written"]
            name = f"{reference}: the figure “{figure['label']}”"
            statement, passages = claims[reference]["statement"], said.get(reference, [])
            if figure["computed_from"]:
                computed.setdefault(reference, []).append(written)
                quoted = re.findall("“(.*?)”", figure["computed_from"])
                if not quoted or not all(any(words in passage for passage in passages) for words in quoted):
                    yield f"{name} is computed from words that no passage says"
            elif not written or written not in statement:
                yield f"{name} is not written in the claim"
            elif not any(written in passage for passage in passages):
                yield f"{name} stands in no passage"
            digits = NUMBER.search(written)
            if digits and int(re.sub(r"\D", "", digits[0])) * scale_of(written) != float(figure["value"]):
                yield f"{name} is {figure['value']} and written {written}"
        for reference, row in claims.items():
            for number in NUMBER.findall(row["statement"]):
                if not any(number in text for text in said.get(reference, []) + computed.get(reference, [])):
                    yield f"{reference}: no passage says {number}"

    def in_citations(self):
        """Yields each citation whose date is not that of a work that states the claim, nor “n.d.”."""
        dates = {}
        for row in self.rows("evidence"):
            if row["relation"] == "states":
                dates.setdefault(row["reference"], []).append(row["published"][:4])
        for claim in self.rows("claims"):
            path = claim["address"].partition("testserver")[2]
            year = (dates.get(claim["reference"]) or [""])[0]
            _kind, _key, fields = bibtex(self.client, f"{path}cite.bib")
            entry, item = ris(self.client, f"{path}cite.ris"), csl(self.client, f"{path}cite.json")
            issued = item.get("issued", {"date-parts": [[""]]})["date-parts"][0][0]
            for given in (fields.get("year", ""), entry.get("year", ""), str(issued)):
                if given != year:
                    yield f"{path}: a citation is dated {given or 'n.d.'}, the work {year or 'n.d.'}"
            if not year and "n.d." not in item["note"]:
                yield f"{path}: a citation does not say that the work is not dated"

    def of_the_closed(self):
        """Yields each claim of an organisation that is over which does not say when it was said."""
        over = {row["slug"] for row in self.rows("organisations") if row["closed"] or row["later_known_as"]}
        for claim in self.rows("claims"):
            if claim["organisation_slug"] in over and not claim["as_it_said"]:
                yield f"{claim['reference']}: an organisation that is over says so undated"

    def in_prose(self):
        """Yields what staff wrote themselves that nothing on record says, and bodies that are over in it."""
        said = [row["statement"] for row in self.rows("claims")]
        said += [row["words"] for row in self.rows("evidence")]
        said += [row["as_written"] for row in self.rows("figures")]
        over = [row for row in self.rows("organisations") if row["closed"] or row["later_known_as"]]
        for path, prose in self.prose.items():
            lives = "".join(self.trees[path].xpath("//main//*[contains(@class, 'life-line')]//text()"))
            for element in prose:
                for words in quotations_of(element):
                    if not self.is_said(words):
                        yield f"{path}: no source says “{words}”, which its prose quotes"
                text = folded(element.text_content())
                for number in NUMBER.findall(NO_COUNT.sub("", text)):
                    if not any(number in each for each in said):
                        yield f"{path}: no claim says {number}, as its prose does"
                links = element.xpath("descendant::a/@href")
                for row in over:
                    own = row["address"].partition("testserver")[2] if row["address"] else ""
                    names = [row["official_name"], row["short_name"], *row["other_names"]]
                    is_named = any(re.search(rf"\b{re.escape(each)}\b", text) for each in names if each)
                    is_linked = own and any(link.startswith(own) for link in links)
                    if (is_named or is_linked) and folded(row["life_line"]) not in folded(lives):
                        yield f"{path}: its prose does not say what became of {row['official_name']}"


def quotations_of(element):
    """Returns what prose quotes: blocks, phrases, and four words or more between quotation marks."""
    quoted = element.xpath("self::blockquote | descendant::blockquote | descendant::q")
    marked = re.findall("“([^”]*)”", element.text_content())
    words = [folded(each.text_content()) for each in quoted] + list(map(folded, marked))
    return [each.rstrip(".") for each in words if len(each.split()) > 3]


def scale_of(written):
    return next((scale for word, scale in SCALES.items() if word in written), 1)


def quoted_words(element):
    """Returns the paragraphs of a quotation; none of what is neither a block quotation nor between marks."""
    paragraphs = element.xpath("p") or [element]
    is_block = element.tag == "blockquote"
    return [words_of(each) for each in paragraphs if is_block or "“" in each.text_content()[:40]]
