"""Texts as files and pages: sheets, print packs, findings, tracked changes."""
