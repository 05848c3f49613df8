"""The package file, key by key, for pydantic."""
