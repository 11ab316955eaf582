"""Tables come in from spreadsheets and go out to them: claims, their figures, publications, and the timeline."""
