"""Words of pages that have none of their own: scans and pictures are recognised when nothing more urgent waits."""
