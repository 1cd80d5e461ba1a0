"""The inputs of forecasts: line-ups, uncertain values and sampling."""
