"""Screening names against the real lists, beside the peers: the figures of docs/benchmarks.md.

    python bench/screening.py [--engines comity,comity-compiled,token_sort,wratio,3grams,tantivy,logic-v2,logic-v1,ofac]
        [--growth N] [--out RESULT.md]

The list: every party of the United States, United Nations, European Union and United Kingdom lists that are shared, and
some hundreds of added persons (see `screening/added.py`). Reported are queries and ordinary names of one half of the
parties; the other half is for fitting. `--growth N` adds recombined names until the list has N, to show how time and
memory grow. Prints Markdown.
"""

from __future__ import annotations

import argparse
import importlib
import random
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import msgspec

from screening import growth, measure, negatives, pairs, peers, queries, tables
from screening.measure import Engine, Question, Run
from screening.names import Listed, write_lines


class World(msgspec.Struct):
    """Everything a run asks."""

    material: queries.Material
    negatives: list[negatives.Negative]
    pairs: list[pairs.Pair]
    questions: list[Question]


def world(shared: Path, cache: Path, split: str, *, native: bool) -> World:
    material = queries.make(shared, cache)
    ordinary = negatives.make(shared, material.listed)
    labelled = pairs.make(shared, material, ordinary)
    if native:
        material = queries.with_native(material)
    material.queries = [each for each in material.queries if each.split == split]
    ordinary = [each for each in ordinary if each.split == split]
    asked: list[queries.Query | negatives.Negative] = [*material.queries, *ordinary]
    questions = [Question(each.id, each.text, each.schema) for each in asked]
    random.Random(1).shuffle(questions)
    return World(material, ordinary, labelled, questions)


def engine(where: str) -> Engine:
    """Return the engine that `module:name` says."""
    module, _, name = where.partition(":")
    made: Engine = getattr(importlib.import_module(module), name)()
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared/data")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "screening-bench")
    parser.add_argument("--environments", type=Path, default=Path(tempfile.gettempdir()) / "screening-peers")
    parser.add_argument("--uv", default="uv")
    parser.add_argument("--engines", default="comity")
    parser.add_argument("--comity", default="screening.engine:Comity", help="module:name of our engine")
    parser.add_argument("--split", default="report", choices=("fit", "report"))
    parser.add_argument("--native", action="store_true", help="the list has the native names, and they are asked")
    parser.add_argument("--growth", type=int, default=0, help="names in all, with recombined ones")
    parser.add_argument(
        "--keep", action="store_true", help="use a peer's answers of an earlier run where they are there"
    )
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    asked = world(given.shared, given.cache, given.split, native=given.native)
    if given.growth:
        asked.material.listed = growth.grown(asked.material.listed, given.growth)
    folder = given.cache / f"{given.split}{'-native' if given.native else ''}{given.growth or ''}"
    folder.mkdir(parents=True, exist_ok=True)
    for name, structs in (("list", asked.material.listed), ("questions", asked.questions), ("pairs", asked.pairs)):
        write_lines(folder / f"{name}.jsonl", structs)
    write_lines(folder / "queries.jsonl", asked.material.queries)
    write_lines(folder / "negatives.jsonl", asked.negatives)
    runs = [_run(name, asked, folder, given) for name in given.engines.split(",")]
    text = tables.whole(runs, asked.material.queries, asked.negatives, asked.pairs)
    print(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")


def _run(name: str, asked: World, folder: Path, given: argparse.Namespace) -> Run:
    if name in OURS:  # in a process of its own, as the peers are, so that each has its own memory
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            where = given.comity if name == "comity" else OURS[name]
            return pool.submit(_measured, where, asked.material.listed, asked.questions, asked.pairs).result()
    if given.keep and (folder / f"{name}.json").exists():
        return measure.read_run(folder / f"{name}.json")
    return peers.run(name, folder, given.environments, given.uv, given.growth)


def _measured(where: str, listed: list[Listed], questions: list[Question], labelled: list[pairs.Pair]) -> Run:
    return measure.run(engine(where), listed, questions, labelled)


OURS = {"comity": "screening.engine:Comity", "comity-compiled": "screening.engine:Compiled"}


if __name__ == "__main__":
    main()
