"""Spreadsheets of lists, written for other programs."""
