"""The places of the window: one module each, found through the registry.

A module's ``ENTRY`` is a `studio.gui.place.Place`; modules without one (start, settings) are
pages outside the rail.
"""
