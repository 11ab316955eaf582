from .attention import needs_attention
from .parted_words import parted_words
from .public_log import recent_changes
from .worklist import drafts, scheduled, second_looks, waiting, waiting_for_others


def desk_context(user):
    """Returns what the desk's template shows to a member of staff, limited to what they may look up."""
    is_on_staff = user.has_perm("impact.view_claim")
    sections = (second_looks, drafts, waiting, waiting_for_others, scheduled, parted_words)
    listed = [section(user) for section in sections if is_on_staff]
    return {
        "sections": [section for section in listed if section.tasks or section.is_always_shown],
        "attention": needs_attention(user),
        "changes": recent_changes(user),
        "may_add_source": user.has_perm("organisation.add_source"),
        "may_change_page": user.has_perm("cms.change_page"),
        "may_publish": user.has_perm("impact.publish_claim"),
        "may_add_claim": user.has_perm("impact.add_claim"),
    }
