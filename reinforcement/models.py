"""Loader: Django finds here what the capabilities define."""
