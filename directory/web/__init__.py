"""The public pages: everything that knows of requests, templates and languages. Only ``app`` calls it."""
