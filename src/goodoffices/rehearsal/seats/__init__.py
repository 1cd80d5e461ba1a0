"""Automated seats: from what one seat may know and its brief to the next command. Pure."""
