"""What waits for a person: the rows of the first page, part by part."""
