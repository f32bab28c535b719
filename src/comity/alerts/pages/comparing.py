"""Two alerts side by side: what each says of its subject, and of the one who is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import URLEncodedBody
from litestar.response import Template

from comity.alerts import service
from comity.alerts.pages.asked import READ, Ticked, ticked
from comity.alerts.service import Office
from comity.infra.work import Work
from comity.model.entity import NAME_PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from comity.alerts.model.asking import Shown

TWO = 2


class CompareForm(msgspec.Struct, frozen=True, kw_only=True):
    """Which two alerts, and where one came from."""

    id: Ticked = ()
    then: str = "/alerts"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One property as two alerts have it."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def relation(self) -> Literal["equal", "near", "different", "alone"]:
        """How they stand to each other; what one alone states is no difference."""
        left, right = set(self.left), set(self.right)
        if left == right:
            return "equal"
        if not (left and right):
            return "alone"
        return "near" if left & right else "different"


class ComparingPages(Controller):
    """Compare two alerts."""

    path = "/alerts/compare"
    opt = READ

    @post(status_code=200, sync_to_thread=True)
    def compare(
        self, data: URLEncodedBody[CompareForm], work: NamedDependency[Work], office: NamedDependency[Office]
    ) -> Template:
        """Show two alerts side by side; that somebody looked at both is recorded."""
        ids = ticked(data.id)
        shown = [service.show(work, office, id_) for id_ in ids] if len(ids) == TWO else []
        context = {
            "shown": shown,
            "subjects": list(_lines(*(one.alert.subject.properties for one in shown))) if shown else [],
            "listed": list(_lines(*(one.hit.listed.properties for one in shown))) if shown else [],
            "count": len(ids),
            "back": data.then if data.then.startswith("/alerts") else "/alerts",
            "is_same_listed": _is_same_listed(shown),
        }
        return Template("alerts/compare.html", context=context)


def _lines(left: Mapping[str, tuple[str, ...]], right: Mapping[str, tuple[str, ...]]) -> Iterator[Line]:
    """Yield every property that either has: names before all others."""
    for name in dict.fromkeys([*(one for one in NAME_PROPERTIES if one in {*left, *right}), *left, *right]):
        yield Line(name=name, left=left.get(name, ()), right=right.get(name, ()))


def _is_same_listed(shown: list[Shown]) -> bool:
    """Whether both may mean the same one who is listed."""
    return len(shown) == TWO and bool(shown[0].hit.listed.known_as & shown[1].hit.listed.known_as)
