"""Who is designated, by whom, since when, with which measures, on any date."""
