"""The two vendors over HTTP: httpx failures become the domain's errors here and nowhere else."""
