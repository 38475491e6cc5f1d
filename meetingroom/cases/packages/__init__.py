"""A case outside the office: a folder that opens without this program, by the consent of a leader, until it is back."""
