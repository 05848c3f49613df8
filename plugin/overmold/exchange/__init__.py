"""Files that other people's programs read and write: ``writing`` makes them of a package, ``reading`` a package of them."""
