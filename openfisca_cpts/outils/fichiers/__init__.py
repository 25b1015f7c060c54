"""The files of the law as they are written: their schemas, and each wrong line as a fault."""
