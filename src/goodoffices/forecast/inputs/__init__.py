"""Who stands where: line-ups, uncertain values and sampling."""
