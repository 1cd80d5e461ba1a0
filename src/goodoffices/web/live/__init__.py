"""The command queue, the event stream and the scratchpads."""
