"""How a client of the foreign protocol asks: the parameters that its addresses share."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from litestar.params import QueryParameter

from comity.kit.limits import SEARCH_TEXT_CHARS_MAX
from comity.model.permission import Permission
from comity.opensanctions.model.searching import OFFSET_MAX, PAGE_MAX

PATH: Final = "/opensanctions"
"""Where the protocol begins on this node."""
VALUES_MAX: Final = 100
"""How often one parameter may stand in an address."""

ASK: dict[str, Any] = {"permission": Permission.SCREENING_ASK}
READ: dict[str, Any] = {"permission": Permission.REGISTER_READ}

Name = Annotated[str, msgspec.Meta(max_length=200)]
Names = Annotated[tuple[Name, ...], QueryParameter(max_items=VALUES_MAX)]
"""A parameter that may stand there several times."""
Text = Annotated[str, QueryParameter(max_length=SEARCH_TEXT_CHARS_MAX)]
Since = Annotated[str, QueryParameter(pattern=r"^(\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?)?$")]
"""A day or an instant, UTC."""
Probability = Annotated[float, QueryParameter(ge=0, le=1)]
Offset = Annotated[int, QueryParameter(ge=0, le=OFFSET_MAX)]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_MAX)]
