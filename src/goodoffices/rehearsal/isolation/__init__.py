"""Negotiators that do not come with the program run in a process of their own, which is given nothing but its own."""
