"""Devices that belong to a meeting: projectors, shared tablets, nameplates with their codes, PINs."""
