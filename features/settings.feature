Feature: What the operator may set
  Each policy has a default, which the other features play; here the operator has chosen another.

  @C4
  Scenario: A name that is missing keeps the SMS from being sent
    Given an integration with CORE_MISSING_NAMES set to "refuse"
    And a furnished world
    When an SMS "Bonjour $prenom" goes to "" "MARTIN"
    Then the workflow's history says "missing_token_value"
    And the workflow's history says "complétez sa fiche"
    And nothing was debited

  @E2
  Scenario: A name that is missing is said on the card before anything is sent
    Given an integration with CORE_MISSING_NAMES set to "refuse"
    And a furnished world
    And a contact "" "MARTIN"
    When the marketer presses "Envoyer un SMS" on the card
    And the form asks for a preview of "Bonjour $prenom" as "SMS Notification"
    Then the preview remarks "$prenom : le contact n'en a pas. Complétez sa fiche, ou changez le texte."
    When the marketer sends "Bonjour $prenom" as "SMS Notification"
    Then the field "text" says "$prenom : le contact n'en a pas. Complétez sa fiche, ou changez le texte."
    And nothing was debited

  @D0
  Scenario: Only who has consented gets promotional SMS
    Given an integration with CORE_CONSENT_POLICY set to "opt_in"
    And a furnished world
    When a visitor is enrolled
    And 10 seconds pass
    Then the workflow's history says "no_consent"
    And the phone has received 0 SMS
    When the contact's "Consentement SMS via smsmode" becomes "true"
    And the contact goes through the workflow again
    And 10 seconds pass
    Then the phone has received 1 SMS

  @C3
  Scenario: A country that has been told of the sender takes it
    Given an integration with CORE_DECLARED_SENDERS set to "TR:Salon"
    And a furnished world
    When an SMS "Bonjour" goes from "Salon" to a contact whose phone is "+90 501 234 56 78"
    Then the phone shows the sender "Salon"

  @C3
  Scenario: The account's own sender stands in where a country does not take another
    Given an integration with CORE_SENDER_POLICY set to "drop"
    And a furnished world
    When an SMS "Bonjour" goes from "Salon" to a contact whose phone is "+1 201 555 0123"
    Then the phone shows the sender "36034"

  @beyond
  Scenario Outline: Promotional SMS go out in the hours that the operator has set
    Given an integration with CORE_PROMOTIONAL_HOURS set to "<hours>"
    And a furnished world
    When <wait> hours pass
    And a visitor is enrolled
    And 10 seconds pass
    Then the phone has received <now> SMS
    When 3 hours pass
    Then the phone has received 1 SMS

    Examples:
      | hours               | wait | now |
      | off                 | 11   | 1   |
      | mon-sun 12:00-14:00 | 0    | 0   |
      | mon-sun 00:00-23:59 | 11   | 1   |
