"""What the features of this node contribute to the shell and to the work queue, in the edge's words and the reader's language.

Each function asks a feature's service and answers in the edge's types; a feature is not asked about what the reader may not see.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from comity.alerts import service as alerts
from comity.alerts.model.asking import Order, WhichAlerts
from comity.edge.formats import day_text, instant_text, number
from comity.edge.i18n import gettext as _
from comity.edge.i18n import ngettext
from comity.edge.places import Count
from comity.edge.shell import Around, Ground, ListGround, Offers
from comity.edge.work_queue import HomeItem, News
from comity.infra import jobs, ledger
from comity.lists import service as lists
from comity.lists.model import Every, Status
from comity.model.permission import Permission
from comity.register import service as register

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from comity.infra.work import Work
    from comity.lists.model import Edition
    from comity.lists.model.answers import ListState
    from comity.node import Node

FAILED: Final = "failed"
NEWS_MAX: Final = 8
LISTS: Final = "/lists"
READABLE: Final = "@:"
"""Signs of ids that an address may keep as they are."""


def offers(node: Node) -> Offers:
    """Return what the features of a node contribute."""

    def around(work: Work, held: Collection[Permission]) -> Around:
        states = lists.states(work, node.desk)
        of_lists, of_register = _of_lists(node, held, states), _of_register(work, held)
        to_decide = _alerts_to_decide(work, held)
        counts = {
            "home": _count([*of_lists, *of_register, *to_decide, *_of_node(work, held)], work),
            "lists": _count(of_lists, work),
            "alerts": _of_alerts(work, held),
            "review": Count(register.candidates(work, 0)[1] if of_register else 0),
        }
        return Around(ground=_ground(work, states), counts=counts)

    def items(work: Work, held: Collection[Permission]) -> tuple[HomeItem, ...]:
        states = lists.states(work, node.desk)
        alerts_ = _alerts_to_decide(work, held)
        return (*_of_lists(node, held, states), *_of_register(work, held), *alerts_, *_of_node(work, held))

    def news(work: Work, held: Collection[Permission]) -> tuple[News, ...]:
        if Permission.LISTS_READ not in held:
            return ()
        found = lists.editions(work, statuses=(Status.ACCEPTED, Status.QUARANTINED, Status.REJECTED))
        in_force = {edition.source for edition in found if edition.status is Status.ACCEPTED}
        latest = sorted(found, key=_when, reverse=True)[:NEWS_MAX]
        return tuple(_told(node, edition, has_other=edition.source in in_force) for edition in latest)

    return Offers(around=around, items=(items,), news=(news,))


def _ground(work: Work, states: Iterable[ListState]) -> Ground:
    """Group the editions in force by the authority that publishes them; the newest of each is named."""
    by_code: dict[str, list[ListState]] = defaultdict(list)
    quarantined = []
    for state in states:
        if state.in_force is not None and state.is_current:
            by_code[state.code].append(state)
        quarantined += [
            ListGround(label=state.code, titles=(state.title,), published_on=edition.published_at.date())
            for edition in state.quarantined
        ]
    in_force = tuple(
        ListGround(
            label=code,
            titles=tuple(state.title for state in together),
            published_on=max(state.in_force.published_at for state in together if state.in_force).date(),
        )
        for code, together in sorted(by_code.items())
    )
    return Ground(lists=in_force, quarantined=tuple(quarantined), ledger_size=ledger.size(work.connection))


def _of_lists(node: Node, held: Collection[Permission], states: Collection[ListState]) -> list[HomeItem]:
    found: list[HomeItem] = []
    if Permission.LISTS_DECIDE in held:
        found += [_decide(state, edition) for state in states for edition in state.quarantined]
    if Permission.LISTS_UPDATE in held:
        found += [_overdue(node, state) for state in states if state.is_overdue]
        found += [_unreachable(state) for state in states if state.check_outcome == FAILED]
    return found


def _of_register(work: Work, held: Collection[Permission]) -> list[HomeItem]:
    pairs, total = register.candidates(work, 1) if Permission.REGISTER_DECIDE in held else ([], 0)
    if not pairs:
        return []
    ids = (pairs[0].left, pairs[0].right)
    cards = register.cards(work, ids)
    names = [f"{card.caption} ({card.code})" for id_ in ids if id_ in cards for _list, card in (cards[id_],)]
    return [
        HomeItem(
            title=ngettext("Judge %(n)s pair: are they the same?", "Judge %(n)s pairs: are they the same?", total)
            % {"n": number(total)},
            path="/review",
            about=" · ".join(names),
            why=_("They agree in part, and not enough to be joined by rule."),
            origin=_("Register"),
            label="clear",
            kind="register",
        )
    ]


def _of_alerts(work: Work, held: Collection[Permission]) -> Count:
    """Count what waits for somebody; nobody else learns that anything does."""
    if Permission.ALERTS_READ not in held:
        return Count(0)
    waiting = alerts.queue(work, WhichAlerts(limit=0))
    return Count(waiting.total, is_late=bool(waiting.late))


def _alerts_to_decide(work: Work, held: Collection[Permission]) -> list[HomeItem]:
    wanted = [("decision", Permission.ALERTS_DECIDE), ("second", Permission.ALERTS_CONFIRM)]
    return [item for needs, may in wanted if may in held for item in _alerts_that_need(work, needs)]


def _alerts_that_need(work: Work, needs: str) -> list[HomeItem]:
    waiting = alerts.queue(work, WhichAlerts(needs=needs, order=Order.DUE, limit=1))
    if not waiting.rows:
        return []
    n = waiting.total
    title = (
        ngettext("Decide %(n)s alert", "Decide %(n)s alerts", n)
        if needs == "decision"
        else ngettext("Confirm %(n)s decision, or give it back", "Confirm %(n)s decisions, or give them back", n)
    )
    late = ngettext("%(n)s is late.", "%(n)s are late.", waiting.late) % {"n": number(waiting.late)}
    return [
        HomeItem(
            title=title % {"n": number(n)},
            path=f"/alerts?needs={needs}",
            about=_("Customers and payments"),
            why=late if waiting.late else _("None is late."),
            origin=_("Screening"),
            label="red",
            due_at=waiting.rows[0].rank.due_at,
            kind="alerts",
        )
    ]


def _decide(state: ListState, edition: Edition) -> HomeItem:
    return HomeItem(
        title=_("Release or reject the edition of %(day)s") % {"day": day_text(edition.published_at.date())},
        path=f"/editions/{quote(edition.id, safe=READABLE)}",
        about=state.title,
        why=edition.reasons[0] if edition.reasons else "",
        why_language="en",
        origin=_("Lists"),
        label="clear",
        kind="lists",
    )


def _overdue(node: Node, state: ListState) -> HomeItem:
    schedule, edition = node.desk.source(state.source).schedule, state.in_force
    assert isinstance(schedule, Every)
    assert edition is not None
    return HomeItem(
        title=_("See why no new edition has come"),
        path=f"{LISTS}/{quote(state.source, safe=READABLE)}",
        about=state.title,
        why=_("The edition in force is of %(day)s; this list usually changes sooner.")
        % {"day": day_text(edition.published_at.date())},
        origin=_("Lists"),
        label="clear",
        due_at=edition.published_at + timedelta(days=schedule.overdue_days),
        kind="lists",
    )


def _unreachable(state: ListState) -> HomeItem:
    at = instant_text(state.checked_at) if state.checked_at else _("never")
    return HomeItem(
        title=_("Fetch the list, or load it from a file"),
        path=f"{LISTS}/{quote(state.source, safe=READABLE)}",
        about=state.title,
        why=_("The last attempt failed: %(at)s. The edition in force stays.") % {"at": at},
        origin=_("Lists"),
        label="clear",
        kind="lists",
    )


def _of_node(work: Work, held: Collection[Permission]) -> list[HomeItem]:
    broken = jobs.latest(work.connection, (jobs.State.FAILED,)) if Permission.OPERATE in held else []
    if not broken:
        return []
    n = len(broken)
    return [
        HomeItem(
            title=ngettext("See why %(n)s job failed", "See why %(n)s jobs failed", n) % {"n": number(n)},
            path=LISTS,
            about=", ".join(sorted({job.kind for job in broken})),
            why=_("It was tried as often as a job is."),
            origin=_("Node"),
            label="amber",
            kind="node",
        )
    ]


def _told(node: Node, edition: Edition, *, has_other: bool) -> News:
    source, counts = node.desk.source(edition.source), edition.counts
    figures = {"added": number(counts.added), "removed": number(counts.removed), "changed": number(counts.changed)}
    changed = _("%(added)s added, %(removed)s removed, %(changed)s changed.") % figures
    stays = _("The edition before stays in force, and nobody was delisted.")
    other = stays if has_other else _("No edition of this list is in force.")
    verdict, word, text = {
        Status.ACCEPTED: ("clear", _("In force"), changed),
        Status.QUARANTINED: ("possible", _("Quarantined"), other),
        Status.REJECTED: ("idle", _("Rejected"), other),
    }[edition.status]
    return News(
        verdict=verdict,
        word=word,
        title=f"{source.issuer.code}, {day_text(edition.published_at.date())}",
        path=f"/editions/{quote(edition.id, safe=READABLE)}",
        text=text,
        at=_when(edition),
    )


def _when(edition: Edition) -> datetime:
    return edition.decided_at or edition.fetched_at


def _count(items: Collection[HomeItem], work: Work) -> Count:
    return Count(len(items), is_late=any(item.due_at is not None and item.due_at <= work.at for item in items))
