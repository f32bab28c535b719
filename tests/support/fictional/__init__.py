"""The bundled fictional lists, made from a small invented world: always the same bytes."""
