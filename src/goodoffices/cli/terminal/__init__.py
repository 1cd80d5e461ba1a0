"""What terminal commands share: opening records, sending commands, output, progress."""
