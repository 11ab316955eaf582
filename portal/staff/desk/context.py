from .attention import needs_attention
from .recent_changes import last_changes
from .worklist import drafts, scheduled, waiting


def desk(request):
    """What the desk shows to this member of staff: nothing that they may not look up."""
    user = request.user
    return {
        "sections": [section(user) for section in (drafts, waiting, scheduled)]
        if user.has_perm("impact.view_claim")
        else [],
        "attention": needs_attention(user),
        "changes": last_changes(user),
        "may_add_source": user.has_perm("organisation.add_source"),
        "may_add_claim": user.has_perm("impact.add_claim"),
    }
