"""The desk: what somebody sees outside a meeting's room: home, meetings, the form of a new one, the directory."""
