"""The environment that a core of the tests is started with."""

from tests.core.builders import OPERATOR, VAULT_KEY

REQUIRED = {
    "CORE_PUBLIC_URL": "https://sms.example/",
    "HUBSPOT_APP_ID": "4242",
    "HUBSPOT_CLIENT_ID": "client-id",
    "HUBSPOT_CLIENT_SECRETS": "s3cret-new, s3cret-old",
    "HUBSPOT_DEVELOPER_KEY": "s3cret-developer",
    "CORE_OPERATOR_TOKEN": "s3cret-operator",
    "CORE_VAULT_KEYS": VAULT_KEY,
}
"""What has to be set."""
ENVIRONMENT = REQUIRED | {"CORE_VAULT_KEYS": VAULT_KEY, "CORE_OPERATOR_TOKEN": OPERATOR}
"""What tells a core and its operator's commands the same secrets as ``SETTINGS``."""
