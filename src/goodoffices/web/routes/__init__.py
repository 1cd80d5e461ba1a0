"""Addresses: each route checks its request, calls one function and answers."""
