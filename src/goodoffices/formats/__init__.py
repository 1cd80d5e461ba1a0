"""Files in and out: the talks file, negotiation-scenario formats, incident tables, documents.

Import from the modules: ``talks_file`` (``read_talks``, ``check``, ``find_scenario``), ``talks_schema`` (``schema``),
``report``, ``located``. Nothing is imported here, so that what needs one format does not load the libraries of all.
"""
