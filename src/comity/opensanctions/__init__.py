"""The OpenSanctions API and OpenRefine's reconciliation protocol, for clients that exist already."""
