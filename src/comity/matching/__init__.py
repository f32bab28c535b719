"""How names are compared: what stands beneath screening, and knows no list, no database and no request.

    scripts > romanise > skeleton > spelling > names > index > retrieve > align > score

A name becomes tokens in one shape, whatever its script; a list becomes an index of rows, one for each distinct name; a question
finds the few rows that may be meant, and each is scored in whole points, so that every path gives the same number.
"""
