"""Dispatch of later work behind the WorkQueue port."""
