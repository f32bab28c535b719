"""Arrays that are handed over once, and used without their owners.

numba counts, for every part of an array that a function looks at, who looks: one atomic addition and one subtraction each, which
would be half of all that the compiled path does. The arrays that it is called with outlive the call; so none of that is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llvmlite.ir import Constant
from numba.core import cgutils, types
from numba.core.imputils import impl_ret_untracked
from numba.experimental import structref
from numba.extending import intrinsic

if TYPE_CHECKING:
    from collections.abc import Callable


@structref.register
class _HeldType(types.StructRef):
    """How numba sees `Held`."""


class Held(structref.StructRefProxy):
    """An index, words, the score, room and an answer, as compiled functions hold them."""


structref.define_proxy(Held, _HeldType, ["listed", "words", "score", "room", "answer"])


def _borrowed(_: Any, value: Any) -> tuple[Any, Callable[..., Any]]:
    """Return a tuple of arrays, and of such tuples, without their owners. Only for what the caller holds until it returns."""

    def made(context: Any, builder: Any, _: Any, given: Any) -> Any:
        return impl_ret_untracked(context, builder, value, _bare(context, builder, value, given[0]))

    return value(value), made


borrowed: Any = intrinsic(_borrowed)


def _bare(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    if isinstance(kind, types.BaseTuple):
        kinds: Any = kind
        parts = zip(kinds, cgutils.unpack_tuple(builder, value), strict=True)
        return context.make_tuple(builder, kind, [_bare(context, builder, *part) for part in parts])
    if isinstance(kind, types.Array):
        array = context.make_array(kind)(context, builder, value)
        array.meminfo = Constant(array.meminfo.type, None)
        array.parent = Constant(array.parent.type, None)
        return array._getvalue()  # noqa: SLF001 - numba's own way to say it
    return value
