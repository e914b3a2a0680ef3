"""The workplace: settings, addresses, layout and components, the home of each role, the API."""
