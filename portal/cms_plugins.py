from cms.plugin_pool import plugin_pool
from django.utils.translation import gettext_lazy as _
from organisation.cms_plugins import BlockPlugin
from organisation.models import ListBlock

from .timeline import events


@plugin_pool.register_plugin
class TimelinePlugin(BlockPlugin):
    module = _("Portal")
    name = _("Timeline")
    model = ListBlock
    render_template = "portal/plugins/timeline.html"
    shows = "events"

    def shown(self, block):
        return events()
