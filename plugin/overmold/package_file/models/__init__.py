"""The package file, key by key: how it is read, and what an editor is told of it."""
