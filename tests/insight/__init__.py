"""What people search for is counted, and nobody is."""
