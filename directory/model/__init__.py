"""What a listing, a session, a place and a page are: plain frozen values that know no file, index or request."""
