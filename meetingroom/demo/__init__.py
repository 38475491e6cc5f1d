"""The demonstration: a fictional provincial procuracy, its meeting of today and one of twenty days ago.

`layout.seed(settings)` lays it out in an empty data folder, completes one that was interrupted, and only makes new
sign-in links where it is done. Drawing the papers is the worker's; so is what needs them (`jobs.py`): today's meeting
shows the report as soon as its pages are there, and the past meeting is played with its papers.

Nothing is imported here: every start of the program asks this room for its commands, and signing takes long to load.
"""
