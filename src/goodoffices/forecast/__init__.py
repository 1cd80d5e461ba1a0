"""Published models of group decisions, and calibrated uncertainty."""
