"""Official sources and their editions: fetching, judging, quarantine."""
