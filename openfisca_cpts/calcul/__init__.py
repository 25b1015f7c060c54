"""What the formulas share: amounts by size, missions, checks of the inputs."""
