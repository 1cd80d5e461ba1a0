"""Automated negotiators, put together from a rule of proposing, a rule of accepting and a model of the others.

References
----------
T. Baarslag, K. Hindriks, M. Hendrikx, A. Dirkzwager & C. Jonker (2014). Decoupling negotiating agents to explore the
space of negotiation strategies. In: Novel Insights in Agent-based Complex Automated Negotiation, Springer.
"""
