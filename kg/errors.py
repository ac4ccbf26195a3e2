"""The tree of errors that a user can cause.

    KgError                 exit status 1
     ├── InputError         2  a file, article or argument that cannot be used
     ├── OutputError        3  a place that cannot be written
     ├── DataError          4  a data file of the package (or of the user) that breaks its schema
     ├── ModelError         5  models that are missing or cannot be loaded
     ├── QueryError         6  a query that is wrong, refused or over its limits
     ├── StoreError         7  a store that cannot be opened, read or reached
     └── ValidationError    8  a graph that breaks its shapes
"""


class KgError(Exception):
    """An error with one clear line for the user; `status` is the exit status of the command."""

    status = 1


class InputError(KgError):
    """What the user gave cannot be used: an option, a path, a name, a text."""

    status = 2


class OutputError(KgError):
    """What was asked for cannot be written."""

    status = 3


class DataError(KgError):
    """A data file is missing or breaks its schema."""

    status = 4


class ModelError(KgError):
    """A model is missing, damaged or of another kind than the pipeline needs."""

    status = 5


class QueryError(KgError):
    """A query is wrong, asks for what is refused, or takes too long."""

    status = 6


class StoreError(KgError):
    """A store cannot be opened, read or written."""

    status = 7


class ValidationError(KgError):
    """A graph breaks the shapes."""

    status = 8
