"""The sealed package of a meeting: made, checked, listed, searched, kept for its time, destroyed; and its replay."""
