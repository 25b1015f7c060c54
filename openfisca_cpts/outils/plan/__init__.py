"""The payment plan of one community, and what stands behind each of its lines."""
