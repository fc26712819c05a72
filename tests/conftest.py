"""What every test may ask for."""

pytest_plugins = ["tests.browser", "tests.html_checker", "tests.postgres"]
