"""What a study shows, described once: the screen, the workbook and the report render the same."""
