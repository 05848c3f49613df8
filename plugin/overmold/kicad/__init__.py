"""The only folder that knows KiCad: its file formats, its custom rules, its open board."""
