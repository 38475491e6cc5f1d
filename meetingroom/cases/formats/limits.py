"""How much of a stranger's file is read, and the error that says it was too much."""

MEGABYTE = 1_000_000
MOST_OF_A_FILE = 200  # megabytes
FILE = MOST_OF_A_FILE * MEGABYTE
MEMBERS = 2_000
UNFOLDED = 512 * MEGABYTE
CONTENT = 32 * MEGABYTE
RESOURCES = 100 * MEGABYTE  # of all that is kept of one file
TOPICS = 10_000
DEPTH = 200
SHEETS = 50


class MapRejected(Exception):
    """A file that is not taken: `code` becomes words (routes_maps.py), `details` stand in them.

    map_unreadable · map_type · map_empty · map_too_large {most} · map_members {most} · map_unfolded {most} ·
    map_too_deep {most} · map_topics {most} · map_names · map_entities · map_encrypted · map_imx
    """

    def __init__(self, code: str, **details):
        super().__init__(code)
        self.code, self.details = code, details
