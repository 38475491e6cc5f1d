"""Photos, audio and video of a case: how they come, what is made of them to be shown, who sees them."""
