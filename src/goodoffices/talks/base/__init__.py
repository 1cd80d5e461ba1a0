"""What every part of the talks uses: acts, serialization, enums, refusals, local time, slugs."""
