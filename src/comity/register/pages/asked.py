"""What the pages of the register share: how they are asked, and what stands on every page of one entity."""

from __future__ import annotations

from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

from litestar.params import FromQuery, QueryParameter
from litestar.response import Template

from comity.infra.work import Work
from comity.register.model.profile import Profile

if TYPE_CHECKING:
    from comity.kit.errors import Failure

Ticked = tuple[str, ...] | str
"""Boxes of one name in a form: one alone arrives as text."""
Offset = Annotated[int, QueryParameter(ge=0, le=1_000_000)]
OfDay = FromQuery[date | None]
OfInstant = FromQuery[datetime | None]


def ticked(value: Ticked) -> tuple[str, ...]:
    """Return the boxes of one name that were ticked; one alone arrives as text."""
    return (value,) if isinstance(value, str) and value else tuple(value)


def aware(at: datetime | None) -> datetime | None:
    """Return an instant from a form, which is in UTC where it does not say otherwise."""
    return at.replace(tzinfo=at.tzinfo or UTC) if at else None


def day(text: str) -> date | None:
    """Return the day that a field for dates holds; None where it holds none. Browsers send it in the form of ISO 8601."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def status_of(failure: Failure | None) -> HTTPStatus:
    """Return the status of a page: shown, or given back with its form to be mended."""
    return HTTPStatus.OK if failure is None else HTTPStatus.UNPROCESSABLE_ENTITY


def entity_page(
    template: str, work: Work, profile: Profile, context: dict[str, Any], failure: Failure | None = None
) -> Template:
    """Put a part of an entity's pages under its name, answer, grounds and tabs; the part is named as its template."""
    shared = {
        "profile": profile,
        "part": template,
        "statements_count": sum(len(one.runs) for one in profile.statements),
        "today": work.at.date(),
        "failure": failure,
    }
    return Template(
        template_name=f"register/{template}.html", context={**shared, **context}, status_code=status_of(failure)
    )
