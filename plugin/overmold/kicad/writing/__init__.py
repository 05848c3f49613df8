"""A package as KiCad's files: board, footprints, symbol, project, custom rules."""
