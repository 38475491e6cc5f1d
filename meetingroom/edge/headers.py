"""How an edge says who it is, in the head of what it asks of the origin."""

SECRET, VERSION, BOOT, NAME = "X-Meetingroom-Edge", "X-Meetingroom-Version", "X-Edge-Boot", "X-Edge-Name"
