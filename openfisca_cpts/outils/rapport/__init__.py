"""The report: one page of a study that a reader opens without a network, to read and to print."""
