"""The published record as one document: a page of the site, and PDFs that Typst sets."""
