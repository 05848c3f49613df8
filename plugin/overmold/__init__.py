"""Overmold: design rules in the third dimension for moulded flip-chip packages in KiCad."""

__version__ = "0.1.0"
