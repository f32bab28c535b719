"""Peers, each asked as its users ask it. Runs alone in the peers' own environment and imports nothing of ours; of the
peers only those that are asked.

    python peer_programs.py ENGINE FOLDER OUT.json [SAMPLE]

FOLDER holds list.jsonl, questions.jsonl and pairs.jsonl; the answer has the shape of `screening.measure.Run`. All plain
engines get the same transliteration (anyascii). Rows of persons and of organisations are searched apart.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any
from zlib import crc32

LIMIT = 40
NEW = 5_000
Row = dict[str, Any]
Hits = list[tuple[str, float]]


def words(text: str) -> list[str]:
    anyascii = import_module("anyascii").anyascii

    plain = anyascii(unicodedata.normalize("NFKC", text)).lower()
    return re.findall(r"[a-z0-9]+", re.sub(r"['`\u2019\u02bc.]", "", plain))


def kind(schema: str) -> str:
    if schema == "Person":
        return "person"
    return "thing" if schema in {"Vessel", "Airplane", "Vehicle", "CryptoWallet"} else "organisation"


class Rows:
    """The names of one kind of party, as words, with the party of each."""

    def __init__(self, listed: Iterable[Row], of: str, *, ordered: bool) -> None:
        self.texts: list[str] = []
        self.ids: list[str] = []
        for each in listed:
            if kind(each["schema"]) == of:
                for name in each["names"]:
                    parts = words(name)
                    self.texts.append(" ".join(sorted(parts) if ordered else parts))
                    self.ids.append(each["id"])

    def best(self, scored: Iterable[tuple[int, float]]) -> Hits:
        found: dict[str, float] = {}
        for at, score in scored:
            found[self.ids[at]] = max(found.get(self.ids[at], float("-inf")), float(score))
        return sorted(found.items(), key=lambda hit: (-hit[1], hit[0]))[:LIMIT]


KINDS = ("person", "organisation", "thing")


class Brute:
    """rapidfuzz over every name."""

    def __init__(self, scorer: str) -> None:
        fuzz = import_module("rapidfuzz").fuzz

        self._ordered = scorer == "token_sort"
        self._scorer = fuzz.ratio if self._ordered else fuzz.WRatio

    def build(self, listed: list[Row]) -> None:
        self._rows = {of: Rows(listed, of, ordered=self._ordered) for of in KINDS}

    def ask(self, text: str, schema: str) -> Hits:
        np = import_module("numpy")
        process = import_module("rapidfuzz").process

        rows, parts = self._rows[kind(schema)], words(text)
        asked = " ".join(sorted(parts) if self._ordered else parts)
        scores = process.cdist([asked], rows.texts, scorer=self._scorer, dtype=np.float32)[0]
        top = np.argpartition(-scores, min(100, len(scores) - 1))[:100]
        return rows.best((int(at), float(scores[at])) for at in top)

    def pair(self, left: str, right: str, schema: str) -> float:
        del schema
        a, b = words(left), words(right)
        return float(self._scorer(*(" ".join(sorted(each) if self._ordered else each) for each in (a, b))))


class Grams:
    """sparse_dot_topn over TF-IDF of character 3-grams."""

    def build(self, listed: list[Row]) -> None:

        self._rows, self._shapes, self._matrices = {}, {}, {}
        for of in KINDS:
            rows = Rows(listed, of, ordered=True)
            shape = import_module("sklearn.feature_extraction.text").TfidfVectorizer(
                analyzer="char_wb", ngram_range=(3, 3)
            )
            self._matrices[of] = shape.fit_transform(rows.texts).T.tocsr()
            self._rows[of], self._shapes[of] = rows, shape

    def ask(self, text: str, schema: str) -> Hits:
        return self.ask_many([(text, schema)])[0]

    def ask_many(self, asked: list[tuple[str, str]]) -> list[Hits]:
        sp_matmul_topn = import_module("sparse_dot_topn").sp_matmul_topn

        found: list[Hits] = [[] for _ in asked]
        for of in KINDS:
            places = [at for at, (_, schema) in enumerate(asked) if kind(schema) == of]
            if not places:
                continue
            vectors = self._shapes[of].transform([" ".join(sorted(words(asked[at][0]))) for at in places])
            scores = sp_matmul_topn(vectors, self._matrices[of], top_n=100, sort=True)
            for row, at in enumerate(places):
                part = slice(scores.indptr[row], scores.indptr[row + 1])
                found[at] = self._rows[of].best(zip(scores.indices[part], scores.data[part], strict=True))
        return found


class Tantivy:
    """tantivy's fuzzy terms for 50 candidates, scored by token_sort."""

    def build(self, listed: list[Row]) -> None:
        tantivy = import_module("tantivy")

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("name", tokenizer_name="whitespace")
        builder.add_integer_field("row", stored=True, indexed=False)
        self._schema = builder.build()
        self._rows, self._searchers = {}, {}
        for of in KINDS:
            rows = Rows(listed, of, ordered=True)
            index = tantivy.Index(self._schema)
            writer = index.writer(heap_size=100_000_000, num_threads=1)
            for at, text in enumerate(rows.texts):
                writer.add_document(tantivy.Document(name=[text], row=[at]))
            writer.commit()
            writer.wait_merging_threads()
            index.reload()
            self._rows[of], self._searchers[of] = rows, index.searcher()

    def ask(self, text: str, schema: str) -> Hits:
        tantivy = import_module("tantivy")
        fuzz = import_module("rapidfuzz").fuzz

        rows, searcher, parts = self._rows[kind(schema)], self._searchers[kind(schema)], words(text)
        if not parts:
            return []
        fuzzy = [self._near(tantivy, word) for word in parts]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, each) for each in fuzzy])
        found = [searcher.doc(address)["row"][0] for _, address in searcher.search(query, 50, count=False).hits]
        asked = " ".join(sorted(parts))
        return rows.best((at, fuzz.ratio(asked, rows.texts[at])) for at in found)

    def _near(self, tantivy: Any, word: str) -> Any:
        if len(word) < 4:
            return tantivy.Query.term_query(self._schema, "name", word)
        return tantivy.Query.fuzzy_term_query(self._schema, "name", word, distance=1 if len(word) < 8 else 2)


class Nomenklatura:
    """nomenklatura's blocker in one batch, then one of its matchers on the candidates. Every entity has an id of its own."""

    def __init__(self, algorithm: str) -> None:
        ftm = import_module("followthemoney")

        self._algorithm = import_module("nomenklatura.matching").get_algorithm(algorithm)
        self._config = self._algorithm.default_config()
        self._dataset = ftm.Dataset.make({"name": "bench", "title": "bench"})
        self._make = ftm.StatementEntity.from_data
        self._asked = 0

    def entity(self, id_: str, schema: str, names: list[str]) -> Any:
        data = {"id": id_, "schema": schema, "properties": {"name": names}}
        return self._make(self._dataset, data)

    def build(self, listed: list[Row]) -> None:

        self._entities = {each["id"]: self.entity(each["id"], each["schema"], each["names"]) for each in listed}
        entities = self._entities

        class View:
            scope = self._dataset

            def entities(self, include_schemata: object = None) -> Iterable[Any]:
                del include_schemata
                return entities.values()

        self._index = import_module("nomenklatura.blocker.index").Index(View(), Path(tempfile.mkdtemp()))
        self._index.build()

    def ask_many_timed(self, questions: list[Row]) -> tuple[dict[str, Hits], list[float]]:
        asked = {f"asked-{q['id']}": self.entity(f"asked-{q['id']}", q["schema"], [q["text"]]) for q in questions}
        start = time.process_time()
        candidates = {str(id_): matches for id_, matches in self._index.match_entities(asked.values())}
        share = (time.process_time() - start) * 1000 / len(questions)
        answers, took = {}, []
        for question in questions:
            key, start_ns = f"asked-{question['id']}", time.process_time_ns()
            hits = []
            for id_, _ in candidates.get(key, []):
                result = self._algorithm.compare(asked[key], self._entities[str(id_)], self._config)
                hits.append((str(id_), float(result.score)))
            answers[question["id"]] = sorted(hits, key=lambda hit: (-hit[1], hit[0]))
            took.append((time.process_time_ns() - start_ns) / 1e6 + share)
        return answers, took

    def pair(self, left: str, right: str, schema: str) -> float:
        self._asked += 2
        one, other = (self.entity(f"pair-{self._asked + at}", schema, [text]) for at, text in enumerate((left, right)))
        return float(self._algorithm.compare(one, other, self._config).score)


ENGINES: dict[str, Callable[[], Any]] = {
    "rapidfuzz token_sort, every name": lambda: Brute("token_sort"),
    "rapidfuzz WRatio, every name": lambda: Brute("WRatio"),
    "sparse_dot_topn, 3-grams": Grams,
    "tantivy and token_sort": Tantivy,
    "nomenklatura blocker and logic-v2": lambda: Nomenklatura("logic-v2"),
    "nomenklatura blocker and logic-v1": lambda: Nomenklatura("logic-v1"),
    "nomenklatura blocker and ofac": lambda: Nomenklatura("ofac"),
}


def lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main(name: str, folder: Path, out: Path, sample: int) -> None:
    engine = ENGINES[name]()
    listed = lines(folder / "list.jsonl")
    questions = [each for each in lines(folder / "questions.jsonl") if crc32(each["id"].encode()) % sample == 0]
    held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 1e6
    start = time.process_time()
    engine.build(listed)
    run: Row = {"engine": name, "build": time.process_time() - start, "sample": sample, "bulk": 0.0, "repeated": 0.0}
    if hasattr(engine, "ask_many_timed"):
        run["answers"], run["milliseconds"] = engine.ask_many_timed(questions)
    else:
        run["answers"], run["milliseconds"] = {}, []
        for question in questions:
            start_ns = time.process_time_ns()
            run["answers"][question["id"]] = engine.ask(question["text"], question["schema"])
            run["milliseconds"].append((time.process_time_ns() - start_ns) / 1e6)
        again = questions[-NEW // 5 :]
        start = time.process_time()
        for question in again:
            engine.ask(question["text"], question["schema"])
        run["repeated"] = len(again) / (time.process_time() - start)
    if hasattr(engine, "ask_many"):
        start = time.perf_counter()
        engine.ask_many([(question["text"], question["schema"]) for question in questions])
        run["bulk"] = len(questions) / (time.perf_counter() - start)
    pairs = lines(folder / "pairs.jsonl") if hasattr(engine, "pair") else []
    run["pairs"] = {each["id"]: engine.pair(each["left"], each["right"], each["schema"]) for each in pairs}
    run["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6 - held
    out.write_text(json.dumps(run), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]) if len(sys.argv) > 4 else 1)
