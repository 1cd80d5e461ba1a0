"""One module per family of models; `cards` lists them all."""
