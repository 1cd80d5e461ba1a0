"""The routes of people: coming in, coming back, own sessions, the waiting room, second persons."""
