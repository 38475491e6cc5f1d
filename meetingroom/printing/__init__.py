"""What official documents have in common: the page, its fonts, the letterhead, the process that makes them."""
