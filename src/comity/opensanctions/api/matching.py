"""Matching by example, and by which algorithms."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from comity.infra.work import Work
from comity.opensanctions import service
from comity.opensanctions.api.asked import ASK, PATH, Names, Probability, Since
from comity.opensanctions.model.datasets import Asked
from comity.opensanctions.model.matching import (
    ALGORITHM,
    EXCLUDED_MAX,
    RESULTS_DEFAULT,
    RESULTS_MAX,
    Algorithms,
    Answered,
    Batch,
    Options,
    algorithms,
    check_algorithm,
)
from comity.screening.model.profile import THRESHOLD_DEFAULT
from comity.screening.service import Place


class Matching(Controller):
    """Whether anybody on the lists is who a client describes."""

    path = PATH
    opt = ASK
    tags = ("opensanctions",)

    @post("/match/{dataset:str}", status_code=200, sync_to_thread=True)
    def match(
        self,
        dataset: FromPath[str],
        data: JSONBody[Batch],
        work: NamedDependency[Work],
        screening: NamedDependency[Place],
        limit: Annotated[int, QueryParameter(ge=1, le=RESULTS_MAX)] = RESULTS_DEFAULT,
        threshold: Probability = THRESHOLD_DEFAULT,
        cutoff: Annotated[float | None, QueryParameter(ge=0, le=1)] = None,
        algorithm: FromQuery[str] = ALGORITHM,
        include_dataset: Names = (),
        exclude_dataset: Names = (),
        exclude_schema: Names = (),
        exclude_entity_ids: Annotated[tuple[str, ...], QueryParameter(max_items=EXCLUDED_MAX)] = (),
        topics: Names = (),
        changed_since: Since = "",
        fuzzy: FromQuery[bool] = False,  # noqa: ARG002, FBT002 - clients send it; names are always compared so
    ) -> Response[Answered]:
        """Ask about everybody in a batch; each answer on all lists is kept as a screening, and says under which id."""
        check_algorithm(algorithm)
        options = Options(
            limit=limit,
            threshold=threshold,
            cutoff=cutoff,
            exclude_schema=exclude_schema,
            exclude_entity_ids=exclude_entity_ids,
            topics=topics,
            changed_since=changed_since,
        )
        asked = Asked(dataset=dataset, include=include_dataset, exclude=exclude_dataset)
        answered = service.match(work, screening, asked, data, options)
        return Response(answered, headers={"x-batch-size": str(len(answered.responses))})

    @get("/algorithms", sync_to_thread=False)
    def algorithms(self) -> Algorithms:
        """List the names under which matching can be asked for; one algorithm stands behind all of them."""
        return algorithms()
