"""Search spaces: from hyperparameters to an untrained network."""
