"""What can go wrong when a client of the foreign protocol asks; its answers say `detail`, as a problem document does."""

from __future__ import annotations

from comity.kit.errors import Invalid, NotFound


class DatasetUnknown(NotFound):
    """There is no dataset with this name, or no edition of it is in force here, so that nobody could be compared with it."""

    code = "opensanctions.dataset_unknown"


class EntityAbsent(NotFound):
    """No entity with this id stands on any list today; former ones are shown under `/v1/entities/`."""

    code = "opensanctions.entity_absent"


class PropertyUnknown(NotFound):
    """Entities of this schema have no such property, or it does not lead to other entities."""

    code = "opensanctions.property_unknown"


class SchemaUnknown(Invalid):
    """FollowTheMoney has no such schema."""

    code = "opensanctions.schema_unknown"


class AlgorithmUnknown(Invalid):
    """There is no such algorithm here; `/algorithms` lists the names that are taken."""

    code = "opensanctions.algorithm_unknown"


class AlgorithmFixed(Invalid):
    """Scores are fitted probabilities; weights and configuration of another algorithm cannot be applied to them."""

    code = "opensanctions.algorithm_fixed"


class BatchUnfit(Invalid):
    """A batch holds between one and `BATCH_MAX` queries."""

    code = "opensanctions.batch_unfit"


class FilterUnknown(Invalid):
    """Results cannot be filtered or sorted by this field."""

    code = "opensanctions.filter_unknown"


class QueriesUnfit(Invalid):
    """The queries of a reconciliation request are not JSON of the form that the protocol gives them."""

    code = "opensanctions.queries_unfit"
