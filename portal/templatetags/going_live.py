from django import template

from portal.operations.finding import OK
from portal.operations.going_live import last_findings

register = template.Library()


@register.inclusion_tag("admin/desk/going_live.html")
def before_you_go_live():
    """Lists what has to be right before the site goes live, each with what to do."""
    rows = [(finding.level == OK, finding) for finding in last_findings()]
    return {"rows": rows, "count": sum(not is_right for is_right, _finding in rows)}
