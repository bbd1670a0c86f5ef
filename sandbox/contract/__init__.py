"""The contract that an app keeps with HubSpot and smsmode, clause by clause, held against any app."""
