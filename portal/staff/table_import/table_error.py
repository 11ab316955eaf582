"""The error of a file that holds no table, without its sentence: the reader knows no Django."""


class TableError(Exception):
    """Says by a code, and by parameters for its sentence, why a file is refused."""

    def __init__(self, code, **params):
        super().__init__(code, params)
        self.code, self.params = code, params
