"""Files in and out: the talks file, negotiation-scenario formats, incident tables, documents."""
