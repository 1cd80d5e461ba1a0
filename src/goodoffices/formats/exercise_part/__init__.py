"""The part of a talks file that plans an exercise."""
