"""Tests of finding listings, through the front door of the search room."""
