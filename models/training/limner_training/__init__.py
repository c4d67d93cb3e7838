"""Training of Limner's generator: data, network, losses, evaluation, export."""
