"""Templates: where each feature's pages are found, what every template may call, and how a page gets its shell.

Templates are addressed `register/search.html`; `base.html` and the macros under `ui/` are the edge's. A name that does not
exist is an error, and every value is escaped.
"""

from __future__ import annotations

from contextvars import ContextVar
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jinja2
from litestar.plugins.jinja import JinjaTemplateEngine
from markupsafe import Markup

from comity.edge import differences, formats, i18n, tongues
from comity.edge.shell import Shell, shell_of
from comity.model.measure import Measure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from comity.edge.static import Assets

FOLDER: Final = Path(__file__).parent / "templates"
EXTENSIONS: Final = ("jinja2.ext.i18n",)

_shell: ContextVar[Shell] = ContextVar("shell")


class Page:
    """A template with its shell put round it."""

    def __init__(self, template: jinja2.Template) -> None:
        self._template = template

    def render(self, **context: Any) -> str:
        """Write the page for the request that it answers."""
        shell = shell_of(context["request"])
        i18n.speak(shell.reader.language)
        _shell.set(shell)
        csrf_input = Markup(context.pop("csrf_input", ""))  # noqa: S704 - Litestar wrote and escaped it
        return self._template.render(**context, shell=shell, csrf_input=csrf_input)


class ConsoleTemplates(JinjaTemplateEngine):
    """Litestar's engine over our environment."""

    def get_template(self, template_name: str) -> Page:  # type: ignore[override]
        """Return a template by its name."""
        return Page(super().get_template(template_name))


def engine(features: Sequence[str], assets: Assets) -> ConsoleTemplates:
    """Make the engine for the templates of the edge and of these features."""
    own: list[jinja2.BaseLoader] = [jinja2.FileSystemLoader(FOLDER)]
    theirs = {name: jinja2.FileSystemLoader(folder) for name in features if (folder := _folder(name)).is_dir()}
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader([*own, jinja2.PrefixLoader(theirs)]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=EXTENSIONS,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    install(environment)
    environment.globals["asset"] = assets.address
    return ConsoleTemplates(engine_instance=environment)


def install(environment: jinja2.Environment) -> None:
    """Give an environment the languages, the filters and the functions that every template may use."""
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        i18n.gettext, i18n.ngettext, newstyle=True, pgettext=i18n.pgettext, npgettext=i18n.npgettext
    )
    environment.filters |= {
        "date": formats.day,
        "instant": formats.instant,
        "clock": formats.clock,
        "ago": _ago,
        "apart": _apart,
        "day_soon": _day_soon,
        "partial_date": formats.partial_date,
        "edtf": formats.edtf,
        "number": formats.number,
        "percent": formats.percent,
        "bytes": formats.size,
        "digest_short": formats.digest_short,
        "country": formats.country,
        "listed": formats.listed,
        "translated": i18n.gettext,
        "tongue": tongues.tongue,
        "script_name": tongues.script_name,
        "differing": differences.sides,
        "against": differences.against,
        "measure": Measure.read,
    }
    environment.globals["at"] = _at
    environment.globals["paired"] = differences.pairs
    environment.tests["known"] = lambda value: value is not None


def _at(path: str) -> str:
    """Return an address of this console with the two times of the present page on it."""
    return _shell.get().times.carried_by(path)


def _ago(value: datetime) -> Markup:
    return formats.ago(value, _shell.get().now)


def _apart(value: datetime) -> str:
    return formats.apart(value, _shell.get().now)


def _day_soon(value: date) -> Markup:
    return formats.day_soon(value, _shell.get().now.date())


def _folder(feature: str) -> Path:
    spec = find_spec(f"comity.{feature}")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0]) / "templates"
