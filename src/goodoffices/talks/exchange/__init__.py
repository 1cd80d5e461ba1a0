"""Items handed, cleared and relayed; publication, print packs and receipts."""
