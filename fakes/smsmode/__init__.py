"""An smsmode with accounts, channels, delivery, replies and STOP, in one process."""
