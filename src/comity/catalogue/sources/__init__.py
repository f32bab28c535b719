"""Official lists, one module each, each defining `SOURCE`."""
