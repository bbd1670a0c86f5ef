"""The tables and the questions asked of them, on SQLAlchemy Core."""
