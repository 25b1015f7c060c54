"""Workbooks: the sheets of a study, and how any table of it becomes one."""
