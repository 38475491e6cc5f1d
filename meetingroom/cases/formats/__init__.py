"""Mind maps of other programs: bytes → sheets (`topics.py`) → maps, and back. Pure, bounded, and nothing is fetched."""
