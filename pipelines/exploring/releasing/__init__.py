"""Publishes the state of a warehouse as a dated folder, with what changed since the one before."""
