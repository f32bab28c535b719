"""Subjects, hits and their states; what matters when either side changes; who must decide, and by when."""
