from .attention import needs_attention
from .public_log import recent_changes
from .worklist import drafts, scheduled, waiting, waiting_for_others


def desk_context(user):
    """Returns what the desk's template shows to a member of staff, limited to what they may look up."""
    sections = (drafts, waiting, waiting_for_others, scheduled) if user.has_perm("impact.view_claim") else ()
    return {
        "sections": [section(user) for section in sections],
        "attention": needs_attention(user),
        "changes": recent_changes(user),
        "may_add_source": user.has_perm("organisation.add_source"),
        "may_add_claim": user.has_perm("impact.add_claim"),
    }
