"""What the commands of portfolios print for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from comity.infra.terminal import likely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.portfolios.model.answers import Page, Shown
    from comity.portfolios.model.columns import Column, Mapping
    from comity.portfolios.model.portfolio import Finding, Import, Kept, Run, Standing
    from comity.portfolios.service import Look


def columns_text(looked: Look, found: tuple[Column, ...], mapping: Mapping) -> str:
    """Say what a file's columns are taken for, with some of their values."""
    lines = [
        f"{looked.form.format.value}, {looked.form.encoding}; every row is a {mapping.schema} unless a column says otherwise."
    ]
    for one in found:
        order = f", {one.order.value}" if one.order else ", say --dates" if one.needs_order else ""
        lines.append(f"{one.name} = {one.target}  ({one.why}{order})  {' | '.join(one.samples)}")
    return "\n".join(lines)


def ignored_text(ignored: Sequence[str]) -> str:
    """Say which columns of a file are not read, and what to do if one should be."""
    return f'Not read: {", ".join(ignored)}. To read one, say what it is: --map "{ignored[0]}=PROPERTY"'


def import_text(taken: Import) -> str:
    """Say what an import took, and what comes next."""
    counts = taken.counts
    left = f" {counts.unfit:,} rows were left out." if counts.unfit else ""
    return (
        f"{taken.id}: {counts.fit:,} customers taken: {counts.added:,} new, {counts.changed:,} changed, "
        f"{counts.unchanged:,} unchanged, {counts.ended:,} ended.{left}\nNext: comity portfolio screen {taken.portfolio}"
    )


def run_text(run: Run) -> str:
    """Say what a run did and found, and against what."""
    whom = "everybody" if run.kind.value == "full" else "whom the change can touch"
    return (
        f"{run.id}: asked about {run.asked:,} of {run.customers:,} customers ({whom}). Something is found of {run.matched:,}; "
        f"{run.changed:,} changed.\nresult {run.result}\n"
        f"Against {len(run.ground.editions)} editions: {', '.join(run.ground.editions)}"
    )


def run_row(value: object) -> tuple[str, ...]:
    """Return a run as a row of a table."""
    run = cast("Run", value)
    numbers = (run.asked, run.changed, run.matched)
    return (
        run.id,
        f"{run.began_at:%Y-%m-%d %H:%M}",
        run.kind.value,
        run.state.value,
        *(f"{number:,}" for number in numbers),
    )


def standing_row(value: object) -> tuple[str, ...]:
    """Return where a portfolio stands as a row of a table."""
    one = cast("Standing", value)
    screened = f"{one.run.began_at:%Y-%m-%d %H:%M}" if one.run else "never"
    stands = (
        "screening"
        if one.under_way
        else "current"
        if one.is_current and not one.is_stale
        else "stale"
        if one.is_stale
        else "not current"
    )
    editions = ", ".join(one.run.ground.editions) if one.run else "none"
    return (one.portfolio.id, f"{one.customers:,}", f"{one.ended:,}", f"{one.matched:,}", screened, stands, editions)


def customer_row(one: Kept, page: Page) -> tuple[str, ...]:
    """Return a customer as a row of a table."""
    found = page.findings.get(one.customer.id)
    cleared = "cleared" if page.is_cleared(one) else "not screened yet"
    said = f"{len(found.results)}, {likely(found.results[0].probability)}" if found else cleared
    return (one.customer.id, one.customer.caption, one.customer.schema, f"{one.since:%Y-%m-%d}", said)


def change_text(one: Finding, run: str) -> str:
    """Say what is found of a customer from a run on, or no longer."""
    sign = "+" if one.since_run == run else "-"
    return "\n".join(
        [
            f"{sign} {one.customer}",
            *(f"    {likely(each.probability)}  {each.caption}  {', '.join(each.references)}" for each in one.results),
        ]
    )


def shown_text(shown: Shown) -> str:
    """Say all that is known of a customer, and what is found."""
    one = shown.now
    lines = [f"{one.customer.id}  {one.customer.caption}  ({one.customer.schema})"]
    lines += [f"  {name}: {', '.join(values)}" for name, values in one.customer.properties.items()]
    lines.append(
        f"  known since {one.since:%Y-%m-%d %H:%M}" + (f", ended {one.ended_at:%Y-%m-%d %H:%M}" if one.ended_at else "")
    )
    results = shown.found.results if shown.found else ()
    lines += [f"  {likely(each.probability)}  {each.caption}  {', '.join(each.references)}" for each in results]
    if shown.standing:
        lines.append(f"  alert {shown.standing.alert}: {shown.standing.stand.value}")
    if shown.is_cleared and shown.run:
        lines.append(f"  cleared against {', '.join(shown.run.ground.editions)}")
    elif not shown.found:
        lines.append("  not screened yet as it is known now")
    return "\n".join(lines)
