"""What a worker can do: one module a kind of job."""
