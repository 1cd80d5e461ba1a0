"""HTTP matters that know nothing of pages: login sessions, seat paths, static files."""
