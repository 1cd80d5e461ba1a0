"""Pages as HTML: templates, widgets, localised formatting."""
