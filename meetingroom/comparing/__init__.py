"""Two versions of a paper: which pages are the same, what has changed on the others, and where a quotation stands now.

`match.py`, `diff.py` and `anchor.py` are rules about values; `pictures.py` looks at what is drawn; the
worker does the work (`jobs.py`), and `store.py` keeps what it found.
"""
