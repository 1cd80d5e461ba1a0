"""Joins the other rooms into briefs, tables, figures and documents."""
