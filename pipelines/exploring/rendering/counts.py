"""Says in words how much was read, named and proven.

Knows which counts belong together. Does not know where they are shown.
"""

from pipelines.domain.messages import say, say_count
from pipelines.exploring.documents import DocumentState
from pipelines.exploring.labels import named, names
from pipelines.exploring.rendering.values import share_text
from pipelines.exploring.status import RepairCounts, WarehouseStatus


def repairs_text(repairs: RepairCounts) -> str:
    """How many numbers were not read for certain, and what became of them."""
    said = say(
        "{count:,} figures not read for certain, {decided_count:,} of them determined by "
        "identities, {open_count:,} still in doubt",
        count=repairs.doubtful_count,
        decided_count=repairs.decided_count,
        open_count=repairs.doubtful_count - repairs.decided_count,
    )
    if not repairs.too_many_count:
        return said
    return said + say(
        " ({count:,} hang together with too many others)", count=repairs.too_many_count
    )


def numbers_text(status: WarehouseStatus) -> str:
    """How many numbers are printed, and how many of them were read, and as what."""
    pictures = ""
    if status.picture_page_count:
        pictures = say_count(
            "; besides, {count:,} page of pictures that nobody read",
            "; besides, {count:,} pages of pictures that nobody read",
            status.picture_page_count,
        )
    beyond = ""
    if status.cut_off_count:
        beyond = say_count(
            "; {count:,} text with a number is cut off by the edge of its page",
            "; {count:,} texts with numbers are cut off by the edges of their pages",
            status.cut_off_count,
        )
    return say(
        "{count:,} printed: {read_count:,} read ({share}), of them {figure_count:,} figures, the "
        "others codes, labels and column numbers{pictures}",
        count=status.number_count,
        read_count=status.accounted_count,
        share=share_text(status.accounted_count, status.number_count),
        figure_count=status.figure_count,
        pictures=pictures + beyond,
    )


def figures_text(counts: DocumentState | WarehouseStatus, unchecked_count: int) -> str:
    """How many figures there are, and how many of them are named, proven and disputed."""
    return say(
        "{count:,}: {named_count:,} named ({named_share}), {proven_count:,} proven "
        "({proven_share}), {unchecked_count:,} unchecked, {disputed_count:,} disputed",
        count=counts.figure_count,
        named_count=counts.named_count,
        named_share=share_text(counts.named_count, counts.figure_count),
        proven_count=counts.proven_count,
        proven_share=share_text(counts.proven_count, counts.figure_count),
        unchecked_count=unchecked_count,
        disputed_count=counts.disputed_count,
    )


def tiers_text(tiers: dict[str, int]) -> str:
    """How many checks ended in which way, in the order in which these are listed."""
    listed = names().labels.of_kind("verdict")
    order = {verdict: position for position, verdict in enumerate(listed)}
    found = sorted(filter(tiers.get, tiers), key=lambda verdict: order.get(verdict, len(order)))
    counts = (
        say("{count:,} {verdict}", count=tiers[each], verdict=named("verdict", each))
        for each in found
    )
    return say(", ").join(counts) or say("none")


def coverage_text(document: DocumentState) -> str:
    """The share of its numbers that were read, and the pages of which nobody knows any."""
    share = share_text(document.accounted_count, document.number_count)
    if document.picture_page_count:
        share = say_count(
            "{share}, without {count:,} page of pictures",
            "{share}, without {count:,} pages of pictures",
            document.picture_page_count,
            share=share,
        )
    if document.cut_off_count:
        share = say_count(
            "{share}, without {count:,} text cut off by the edge",
            "{share}, without {count:,} texts cut off by the edge",
            document.cut_off_count,
            share=share,
        )
    return share


def prose_text(counts: DocumentState | WarehouseStatus) -> str:
    """How many numbers of the prose state something, and of how many nobody can say what."""
    if not counts.prose_number_count + counts.prose_furniture_count:
        return say("no numbers")
    in_doubt_count = counts.prose_number_count - counts.prose_clear_count
    return say_count(
        "{count:,} number: {clear_count:,} read clearly ({share}), {in_doubt_count:,} in "
        "doubt{listed}; besides, {furniture_count:,} that state no value, such as dates and "
        "ordinals",
        "{count:,} numbers: {clear_count:,} read clearly ({share}), {in_doubt_count:,} in "
        "doubt{listed}; besides, {furniture_count:,} that state no value, such as dates and "
        "ordinals",
        counts.prose_number_count,
        clear_count=counts.prose_clear_count,
        share=share_text(counts.prose_clear_count, counts.prose_number_count),
        in_doubt_count=in_doubt_count,
        listed=say(" (juesuan wording --prose)") if in_doubt_count else "",
        furniture_count=counts.prose_furniture_count,
    )
