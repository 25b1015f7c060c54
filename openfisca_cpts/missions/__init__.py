"""The missions: declared in the parameters, made into variables in the order of the agreement."""
