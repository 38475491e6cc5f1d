"""What official documents have in common: the page, its fonts, the letterhead, the process that makes them."""

from pathlib import Path

# Liberation Serif (what "Times New Roman" becomes) comes with the program: Debian 12's own lacks 92 Vietnamese letters.
FONTS = Path(__file__).parent / "fonts"
