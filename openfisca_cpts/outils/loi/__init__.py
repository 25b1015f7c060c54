"""Reading the law: its figures in words, with their sources, at a date, and what differs."""
