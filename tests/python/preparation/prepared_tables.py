"""What the tests of the preparation read of what was prepared."""


def said(done, place):
    """Give the entries of one place: their status, and what was understood."""
    return [
        (entry.status, entry.said.replace("\u00a0", " "))
        for entry in done.entries
        if entry.place == place
    ]


def rows(done, *columns):
    """Give the values of some columns of the table."""
    return done.table.select(columns).rows()
