"""Who stands where: issues down, actors across, as one view knows it at a moment."""
