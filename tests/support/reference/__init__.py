"""The reference in `docs/reference/`, written from the registries: run `script/reference` after changing any of them."""
