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
    status = 2


class OutputError(KgError):
    status = 3


class DataError(KgError):
    status = 4


class ModelError(KgError):
    status = 5


class QueryError(KgError):
    status = 6


class StoreError(KgError):
    status = 7


class ValidationError(KgError):
    status = 8
