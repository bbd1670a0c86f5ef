"""What may be chosen of the properties that HubSpot itself defines on contacts.

Source: a real dump of an account's contact properties (single); French labels: assumed.
"""

from fakes.hubspot.crm.definitions import Option

YES_NO = (
    Option(label="Yes", label_fr="Oui", value="true", display_order=0),
    Option(label="No", label_fr="Non", value="false", display_order=1),
)
MARKETABLE = (
    Option(label="Marketing contact", label_fr="Contact marketing", value="true", display_order=0),
    Option(
        label="Non-marketing contact",
        label_fr="Contact non marketing",
        value="false",
        display_order=1,
    ),
)
STAGE_OPTIONS = tuple(
    Option(label=label, label_fr=label_fr, value=value, display_order=order)
    for order, (value, label, label_fr) in enumerate(
        (
            ("subscriber", "Subscriber", "Abonné"),
            ("lead", "Lead", "Lead"),
            ("marketingqualifiedlead", "Marketing Qualified Lead", "Lead qualifié marketing"),
            ("salesqualifiedlead", "Sales Qualified Lead", "Lead qualifié commercial"),
            ("opportunity", "Opportunity", "Opportunité"),
            ("customer", "Customer", "Client"),
            ("evangelist", "Evangelist", "Évangéliste"),
            ("other", "Other", "Autre"),
        )
    )
)
STAGES = tuple(option.value for option in STAGE_OPTIONS)
"""The stages of a contact's life cycle, in their order."""

REASONS = tuple(
    Option(label=value.replace("_", " ").capitalize(), value=value, display_order=order)
    for order, value in enumerate(
        [
            "AD",
            "CONTACT_IMPORT",
            "CONVERSATION",
            "FORM_SUBMISSION",
            "INITIAL_STATE",
            "INTEGRATOR_SET",
            "USER_SET",
            "WORKFLOW",
            "EMAIL",
            "SAMPLE_CONTACT",
        ]
    )
)
