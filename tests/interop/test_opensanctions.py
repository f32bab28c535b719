"""Clients of the OpenSanctions API and of OpenRefine's protocol that are not ours, unchanged, against a served node."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import reconciler
from followthemoney import Dataset, StatementEntity
from nomenklatura.cache import Cache
from nomenklatura.db import Session, close_db, get_engine
from nomenklatura.enrich import EnrichmentAbort, make_enricher
from nomenklatura.enrich.yente import YenteEnricher
from reconciler import webutils
from yente_client import AuthenticationError, Client, NotFoundError
from yente_client.entities import Company, Person, Vessel

from support.invented import DRESNOV, HERON

from .conftest import Served

# --- nomenklatura's enricher for yente


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[tuple[Dataset, Cache]]:
    dataset = Dataset.make({"name": "customers", "title": "Customers"})
    url = f"sqlite:///{tmp_path / 'cache.sqlite3'}"
    with Session(get_engine(url)) as session:
        yield dataset, Cache(session, dataset, create=True)
    close_db(url)


def enricher(theirs: tuple[Dataset, Cache], served: Served, **config: Any) -> YenteEnricher:
    settings = {
        "type": "nomenklatura.enrich.yente:YenteEnricher",
        "api": f"{served.address}/",
        "api_key": served.secret,
    }
    made = make_enricher(*theirs, {**settings, **config})
    assert isinstance(made, YenteEnricher)
    return made


def customer(theirs: tuple[Dataset, Cache], schema: str, **properties: list[str]) -> StatementEntity:
    data = {"id": f"customer-{schema.lower()}", "schema": schema, "properties": properties}
    return StatementEntity.from_data(theirs[0], data)


def test_nomenklaturas_enricher_matches_and_expands(theirs: tuple[Dataset, Cache], served: Served) -> None:
    ours = enricher(theirs, served)
    asked = customer(theirs, "Person", name=["Oleg Varimovich Dresnov"], birthDate=["1971-03-14"], nationality=["no"])
    (found,) = ours.match_wrapped(asked)
    assert (found.schema.name, found.caption) == ("Person", DRESNOV.name)
    assert found.get("sourceUrl") == [f"{served.address}/entities/{found.id}"]
    assert found.get("topics") == ["sanction"]
    expanded = {one.schema.name: one for one in ours.expand_wrapped(asked, found)}
    assert set(expanded) == {"Person", "Sanction", "CryptoWallet"}
    assert expanded["Sanction"].get("entity") == [found.id]
    assert expanded["CryptoWallet"].get("holder") == [found.id]
    assert expanded["CryptoWallet"].get("publicKey") == [DRESNOV.wallet]
    ours.close()


def test_nomenklaturas_enricher_finds_nobody_and_passes_over_what_is_not_asked(
    theirs: tuple[Dataset, Cache], served: Served
) -> None:
    ours = enricher(theirs, served, dataset="qm_list", cutoff=0.5, algorithm="logic-v2")
    assert list(ours.match_wrapped(customer(theirs, "Organization", name=["Rowan Quill"]))) == []
    assert list(ours.match_wrapped(customer(theirs, "Address", full=["Quay 7, Kavrel"]))) == []
    (ship,) = ours.match_wrapped(customer(theirs, "Vessel", name=["Heron"], imoNumber=[HERON.imo]))
    assert ship.caption == HERON.name
    ours.close()


def test_nomenklaturas_enricher_is_told_that_its_key_is_none(theirs: tuple[Dataset, Cache], served: Served) -> None:
    ours = enricher(theirs, served, api_key="nothing")
    with pytest.raises(EnrichmentAbort):
        list(ours.match_wrapped(customer(theirs, "Person", name=["Rowan Quill"])))
    ours.close()


# --- OpenSanctions' own client


@pytest.fixture
def client(served: Served) -> Iterator[Client]:
    with Client(base_url=served.address, api_key=served.secret) as client:
        yield client


def test_their_client_matches(client: Client) -> None:
    answer = client.match(
        Person(name=DRESNOV.name, birthDate="1971-03-14", nationality="no"), datasets=["default", "qm_list"], limit=3
    )
    assert answer.top is not None
    assert (answer.top.caption, answer.top.match) == (DRESNOV.name, True)
    assert answer.top.contributing_explanations
    assert answer.matches == answer.results
    nobody = client.match(Company(name="Quill and Daughters"), algorithm="best", topics=["sanction"])
    assert (nobody.results, nobody.total.value) == ([], 0)
    batch = [("ship", Vessel(name=HERON.name)), ("person", Person(name="Rowan Quill"))]
    found = dict(client.match_iter(batch, workers=2))
    assert {key: len(one.results) for key, one in found.items()} == {"ship": 1, "person": 0}  # type: ignore[union-attr]


def test_their_client_reads_what_there_is(client: Client) -> None:
    catalogue = client.datasets()
    assert {one.name for one in catalogue.datasets} == {"default", "all", "sanctions", "qm_list"}
    assert all(one.load and one.version for one in catalogue.datasets)
    assert client.algorithms().best == "comity"
    assert client.healthz().status
    assert client.readyz().status


def test_their_client_searches_fetches_and_walks(client: Client) -> None:
    found = client.search("dresnov", limit=5, facets=["schema", "datasets"], simple=True)
    (one,) = found.results
    assert {item.name: item.count for item in dict(found.facets["schema"])["values"]} == {"Person": 1}
    whole = client.fetch(one.id)
    assert [wallet.schema_ for wallet in whole.properties["cryptoWallets"] if not isinstance(wallet, str)] == [
        "CryptoWallet"
    ]
    beside = client.adjacent(one.id)
    assert set(beside.adjacent) == {"sanctions", "cryptoWallets"}
    page = client.adjacent(one.id, prop="sanctions", limit=1)
    assert (page.total.value, page.total.relation, len(page.results)) == (1, "eq", 1)
    said = client.statements(canonical_id=one.id, prop="alias")
    assert {row.value for row in said.results} == set(DRESNOV.aliases)


def test_their_client_is_told_what_is_wrong(client: Client, served: Served) -> None:
    with pytest.raises(NotFoundError, match="no such dataset"):
        client.match(Person(name="Rowan Quill"), datasets=["nothing"])
    with pytest.raises(NotFoundError):
        client.fetch("e-0000000000000000")
    with Client(base_url=served.address, api_key="nothing") as stranger, pytest.raises(AuthenticationError):
        stranger.match(Person(name="Rowan Quill"))


# --- a client of OpenRefine's protocol


@pytest.mark.filterwarnings("ignore:The inplace keyword")
def test_a_column_is_reconciled(served: Served) -> None:
    table = pd.DataFrame({"name": [DRESNOV.name, "Ilse Vosk"], "born": ["1971-03-14", "1980"]})
    webutils.http.headers["Authorization"] = f"Bearer {served.secret}"
    found = reconciler.reconcile(
        table["name"],
        type_id="Person",
        property_mapping={"Person:birthDate": table["born"]},
        reconciliation_endpoint=f"{served.address}/reconcile/default",
    )
    assert list(found["name"]) == [DRESNOV.name, "Ilse Vosk"]
    assert list(found["input_value"]) == list(table["name"])
    assert set(found["type_id"]) == {"Person"}
    assert found["score"].between(0, 1).all()
