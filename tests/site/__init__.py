"""The whole site as a visitor meets it: every page of three directories, in every language that they speak."""
