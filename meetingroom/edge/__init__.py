"""An edge: sockets and rooms of a site, without a database; and what the origin answers to it."""
