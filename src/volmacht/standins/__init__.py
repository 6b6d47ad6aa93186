"""Honest simulated neighbours, one package each: they speak the real protocol over the network, in a
process of their own. Nothing in Volmacht imports them but the composition root, the demo and tests.
"""
