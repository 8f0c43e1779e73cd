"""The register: facts with their documents, running remarks, earlier years."""
