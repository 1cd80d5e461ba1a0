"""Files in and out: the talks file, negotiation-scenario formats, incident tables, documents.

Import from the modules in the folders below. Nothing is imported here, so that what needs one format does not load
the libraries of all.
"""
