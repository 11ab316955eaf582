"""Imports claims, figures, publications and the timeline from spreadsheets, and exports them again."""
