"""The legal check: every figure of the law has its source, and stands in one place."""
