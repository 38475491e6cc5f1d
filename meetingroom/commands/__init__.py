"""Commands over the wire: the routes, doing one, and the fields the server fills in."""
