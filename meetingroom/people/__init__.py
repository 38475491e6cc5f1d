"""People: the agency's directory, lists that fill it, and the audit trail."""
