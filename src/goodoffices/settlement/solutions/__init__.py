"""Bargaining solutions, lotteries and logrolling."""
