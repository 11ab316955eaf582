"""Pictures that others made: read and encoded anew in a child process, and cut to the sizes of pages."""
