"""A template may write on several lines what a page gets as one."""

from django.template import Context, Template

SOURCE = """{% load i18n oneline %}<p>
{% oneline %}
  <b>{{ title }}</b>
  {% for word in words %}
    {% if word %} <i>
      {{ word }}</i>{% else %}
      <br>
    {% endif %}
  {% endfor %}
  {% blocktranslate %}in
two lines{% endblocktranslate %}
{% endoneline %}
</p>"""


def test_only_the_line_breaks_of_the_template_go():
    context = Context({"title": "a\n  b", "words": ["c", ""]})
    assert Template(SOURCE).render(context) == "<p>\n<b>a\n  b</b> <i>c</i><br>in\ntwo lines\n</p>"
