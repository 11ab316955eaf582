"""The rules by which words of a document are taken for figures, dates, names and records."""
