"""Hostile texts in every record break no page that shows them, and run in none."""

import pytest

from tests.support.sampling import every, in_turn

from .conftest import served
from .page_kinds import PHONE
from .test_accessibility import violations
from .test_reading import UNREADABLE

# What staff could bring about in the admin: a name of 300 characters without a space, 40 values, a figure
# of 15 digits, Arabic words, and a script in every text of one record of each kind. It prints the
# addresses of what it changed.
HOSTILE_RECORDS = '''
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import CharField, TextField
from cms.models import PageContent
from impact.models import Claim, Figure
from organisation.models import Citation, Mend, Organisation, Passage, Record, Source, SourceNote, Statement

SCRIPT = "<script>alert(1)</script>"
KEPT_FIELDS = {"slug", "sha256", "start", "end"}
# Records that hold either words or one of these.
POINTS_AT = {"Affiliation": ["with_whom"], "Fold": ["claim", "milestone", "instrument"]}

def fill_with_scripts(record, **values):
    """Puts a script into every text; what is chosen from a list, dated, or an address stays."""
    for field in record._meta.concrete_fields:
        if type(field) in (CharField, TextField) and not field.choices and field.name not in KEPT_FIELDS:
            long = field.max_length is None or field.max_length > 60
            setattr(record, field.name, SCRIPT * 2 if long else SCRIPT[: field.max_length])
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    return record

csi = Organisation.objects.get(slug="child-soldiers-international")
dallaire = Organisation.objects.get(slug="dallaire-initiative")
publisher = get_user_model().objects.get(username="publisher")
addresses = set()

source = fill_with_scripts(
    Source(slug="mischief", kind="report", author=csi, publisher=dallaire),
    text=f"{SCRIPT}\\nwords to quote {SCRIPT}\\n{'x' * 300}",
)
passage = Passage.objects.quote(source, f"words to quote {SCRIPT}")
Mend.objects.create(passage=passage, says=SCRIPT, shows=SCRIPT * 2, why=SCRIPT)
SourceNote.objects.create(passage=Passage.objects.quote(source, "x" * 300), note=SCRIPT)

kinds = [each for each in apps.get_models() if issubclass(each, Record) and each not in (Source, Claim)]
for kind in kinds:
    record = dallaire if kind is Organisation else kind.objects.first()
    dated = {"changed_on": "2004", "change_source": source} if kind.__name__ == "Indicator" else {}
    fill_with_scripts(record, **dict.fromkeys(POINTS_AT.get(kind.__name__, ())), **dated)
    Citation.objects.create(record=record, source=source, passage=passage, note=SCRIPT)
    addresses.add(getattr(record, "get_absolute_url", str)())

csi.official_name = "N" * 300
csi.save()
for number in range(40):
    Statement.objects.create(
        organisation=csi,
        slug=f"value-{number}",
        kind="value",
        title=f"Value {number}",
        text="We mean it. " * 20,
    )
mission = Statement.objects.filter(organisation__slug="coalition", kind="mission").first()
mission.text = "تعمل المنظمة من أجل عالم لا يُستخدم فيه الأطفال في الحروب. " * 8
mission.save()

claim = fill_with_scripts(Claim.objects.get(number=10), not_established="")
claim.figures.all().delete()
figure = Figure(claim=claim, value=123456789012345, qualifier="more than")
fill_with_scripts(figure, unit="participants" + SCRIPT)
claim.citations.all().delete()
for relation in ("states", "supports", "contradicts"):
    Citation.objects.create(
        record=claim,
        source=source,
        passage=passage,
        relation=relation,
        independence="independent",
        note=SCRIPT,
    )
claim.publish(by=publisher, reason=SCRIPT, seen=Claim.AS_STORED)
other = fill_with_scripts(Claim.objects.get(number=24), shown="")
other.in_our_words = True
other.save()
other.figures.update(as_written="", computed_from="35 countries", computation=SCRIPT)
other.publish(by=publisher, reason=SCRIPT, seen=Claim.AS_STORED)

about = PageContent.objects.filter(page__reverse_id="about").first()
about = about or PageContent.objects.get(page__urls__path="about")
PageContent.objects.filter(pk=about.pk).update(
    title=SCRIPT, menu_title=SCRIPT, page_title=SCRIPT, meta_description=SCRIPT
)

addresses |= {source.get_absolute_url(), claim.get_absolute_url(), "/evidence/e10/v1/", "/evidence/e24/"}
addresses |= {"/organisations/coalition/", "/organisations/coalition/work/"}
addresses |= {csi.get_absolute_url(), csi.get_absolute_url() + "values/", csi.get_absolute_url() + "history/"}
print(*[address for address in addresses if address.startswith("/")])
'''


@pytest.fixture(scope="module")
def hostile_site(databases, tmp_path_factory, kinds):
    """The address of a site full of hostile texts, and the paths of the pages that show them."""
    with served(databases, "hostile", tmp_path_factory.mktemp("hostile"), HOSTILE_RECORDS) as site:
        [addresses] = site.outputs
        yield site.url, sorted({*every(2, sorted(addresses.split())), *every(6, kinds)})


@pytest.fixture
def charlie(browser, hostile_site):
    url, _paths = hostile_site
    context = browser.new_context(base_url=url, locale="en-GB", reduced_motion="reduce", viewport=PHONE)
    yield context.new_page()
    context.close()


def test_mischief_in_every_text_breaks_no_page_and_runs_nowhere(charlie, hostile_site):
    faults, (_url, paths) = [], hostile_site
    charlie.on("dialog", lambda dialog: (faults.append(("a script ran", charlie.url)), dialog.dismiss()))
    charlie.on("pageerror", lambda error: faults.append((error, charlie.url)))
    for number, path in enumerate(paths):
        if charlie.goto(path).status != (404 if path == "/nowhere/" else 200):
            faults.append(("no answer", path))
        faults += [(fault, path) for fault in charlie.evaluate(UNREADABLE)]
        if "by axe, too" in in_turn(["by axe, too", "", ""], number):
            faults += [(fault, path) for fault in violations(charlie)]
    assert faults == []


def test_the_mischief_is_where_visitors_read_it(charlie, hostile_site):
    texts = {
        "/organisations/": "N" * 300,
        "/evidence/e10/": "123,456,789,012,345",
        "/organisations/coalition/work/": "الأطفال في الحروب",
        "/organisations/child-soldiers-international/values/": "Value 39",
        "/publications/mischief/": "<script>alert(1)</script>",
        "/organisations/dallaire-initiative/": "<script>alert(1)</script>",
    }
    for path, text in texts.items():
        charlie.goto(path)
        assert text in charlie.inner_text("main"), path
