"""The tutorial as executable Gherkin."""
