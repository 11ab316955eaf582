"""A document comes in: its words are kept as a source, and what it may hold for the record is proposed beside them."""
