"""What things are called on a KiCad board: fields, layers, the rows of a stack-up."""
