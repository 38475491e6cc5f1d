"""Digital signatures: what a signed file is compared with, who signed it, and signing itself."""
