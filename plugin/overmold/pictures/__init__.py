"""Pictures of a package as SVG text: the same package gives the same bytes."""
