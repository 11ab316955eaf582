"""The desk: what staff see first, and the pages that are reached from it alone."""
