"""Paints the golden pictures of official documents anew: `python scripts/golden.py`. Look at what changed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.official import every_kind

if __name__ == "__main__":
    every_kind.paint()
    print(f"{len(every_kind.KINDS)} pictures in {every_kind.GOLDEN}")
