"""What somebody marks for themselves alone: ink, highlights, notes, bookmarks; their list, and copies with them."""
