"""What one message means: bytes, look-ups and a moment in; a decision out. Pure.

The entrance, the representation service, the simulator and the bench all call these functions, so that they
judge alike. Nothing here stores or sends: whoever calls does what the outcome says.
"""
