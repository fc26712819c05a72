"""One proposal, as its proposer sees it: what it changes, how far it is, what was said about it."""

from flask import Blueprint

proposals = Blueprint("proposals", __name__)
