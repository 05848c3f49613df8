"""Side by side with the peers, in one run: `make bench`. Each module has run() -> rows; see `table.Row`."""
