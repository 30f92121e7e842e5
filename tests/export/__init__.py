"""Tests of studio.export."""
