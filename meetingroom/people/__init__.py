"""People: units, accounts, sign-in, rights."""
