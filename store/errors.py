"""One base error, a child for each thing a caller does differently."""


class HivecastError(Exception):
    """Something a person can mend; the message says what, where and how."""


class ConfigError(HivecastError):
    """A setting is missing or wrong."""


class StorageFull(HivecastError):
    """The disk refused a write; nothing was acknowledged."""


class WarehouseBusy(HivecastError):
    """Another process holds the warehouse; try again later."""


class KeyRejected(HivecastError):
    """An API key is unknown or revoked."""


class ScopeMissing(KeyRejected):
    """An API key is good, but not for this."""


class ModelUnavailable(HivecastError):
    """Model files are missing or do not have the expected SHA-256."""


class UngroundedBrief(HivecastError):
    """A brief says something that no report or computation it cites bears."""
