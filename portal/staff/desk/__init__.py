"""The desk is the first page of the admin, with the pages that only it leads to."""
