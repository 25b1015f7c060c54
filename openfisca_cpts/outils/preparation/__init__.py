"""From what people hold to a table that `simulate` reads, with how each cell was read."""
