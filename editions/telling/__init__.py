"""Telling people what changed: feeds and mail."""
