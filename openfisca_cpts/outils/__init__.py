"""The tools around the law: simulation, legal checks, command line, web."""
