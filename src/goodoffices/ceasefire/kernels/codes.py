"""The numbers by which the compiled loops know a detector; they are read without numba."""

INDEPENDENT, CONDITIONAL, MINIMUM, NB_CUSUM, POISSON_CUSUM = range(5)
