"""What a client of the foreign protocol can ask: match, search, look up, and what there is to ask."""

from comity.opensanctions.service.catalogue import catalogue, scope
from comity.opensanctions.service.entities import adjacent, entity, neighbours
from comity.opensanctions.service.matching import match
from comity.opensanctions.service.reconciling import extend, reconcile, suggest
from comity.opensanctions.service.searching import search
from comity.opensanctions.service.statements import statements

__all__ = [
    "adjacent",
    "catalogue",
    "entity",
    "extend",
    "match",
    "neighbours",
    "reconcile",
    "scope",
    "search",
    "statements",
    "suggest",
]
