"""Invitations by mail: one message a person with an entry for their calendar, again when it changes or is off."""
