"""The phrase bank: frames for what automated seats write around their points, by situation, tone and language."""

from goodoffices.rehearsal.seats.phrases.choice import SITUATIONS, TONES, Avoided, frame_for

__all__ = ["SITUATIONS", "TONES", "Avoided", "frame_for"]
