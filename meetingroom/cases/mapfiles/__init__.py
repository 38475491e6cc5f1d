"""What came inside a map or is named by it, and the case: its files taken in, all maps taken out in one."""
