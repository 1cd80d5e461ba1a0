"""Documents for archives: JSON, Akoma Ntoso, PA-X."""
