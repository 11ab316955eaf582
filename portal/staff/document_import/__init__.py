"""Imports a document as a source and suggests, beside its text, the records it may hold."""
