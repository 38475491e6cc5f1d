"""The board before a meeting: whether everything is ready, and what devices report of themselves."""
