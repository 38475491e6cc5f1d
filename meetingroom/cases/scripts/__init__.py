"""The presentation script of a case: steps in their order, each a reference; excerpts that are kept on a page."""
