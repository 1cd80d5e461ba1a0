"""Good Offices: the secretariat's desk for mediated talks."""

__version__ = "0.1.0"
__all__ = ["__version__"]
