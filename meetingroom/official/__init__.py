"""Official documents other than the minutes: notices, invitations, programmes, lists, counts, resolutions, extracts."""
