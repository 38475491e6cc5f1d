"""Trials that are followed (theo dõi phiên tòa): who observes, what they write down, what comes out of it."""
