"""The forms of a foreign protocol: datasets, entities, queries, answers, and what can go wrong."""
