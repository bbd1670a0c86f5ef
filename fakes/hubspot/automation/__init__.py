"""Workflows: action definitions, flows, enrolments and executions."""
