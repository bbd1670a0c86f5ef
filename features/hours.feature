Feature: Promotional SMS keep lawful hours
  In France they go out from 8:00 to 20:00 on weekdays and from 10:00 to 19:00 on Saturdays, in the
  recipient's own time, and never on Sundays or public holidays. The world begins on a Monday, at
  10:00 in Paris.

  Background:
    Given a furnished world

  @beyond
  Scenario: An SMS of the evening waits for the morning, and the workflow with it
    When 11 hours pass
    And a visitor is enrolled
    And 10 minutes pass
    Then the phone has received 0 SMS
    And the newest timeline event reads "Statut du SMS [Programmé] transmis le …"
    And the newest timeline event's detail holds
      | line                                                        |
      | Envoi reporté au 24/11/2026 à 08:00 (heure du destinataire) |
    And the workflow still waits
    When 10 hours pass
    Then the phone has received 0 SMS
    When 1 hour passes
    Then the phone has received 1 SMS
    And the workflow's history says "SUCCESS"
    And the newest timeline event reads "Statut du SMS [Reçu] transmis le …"

  @beyond
  Scenario: From Saturday evening to Monday morning
    When 129 hours pass
    And a visitor is enrolled
    And 36 hours pass
    Then the phone has received 0 SMS
    And the workflow still waits
    When 1 hour passes
    And 10 seconds pass
    Then the phone has received 1 SMS
    And the workflow's history says "SUCCESS"

  @beyond
  Scenario: On Christmas Day they wait for Saturday, ten o'clock
    When 768 hours pass
    And a visitor is enrolled
    And 23 hours pass
    Then the phone has received 0 SMS
    When 1 hour passes
    And 10 seconds pass
    Then the phone has received 1 SMS

  @beyond
  Scenario: A consent that is withdrawn on HubSpot in between is obeyed
    When 11 hours pass
    And a visitor is enrolled
    And 10 minutes pass
    And the contact's "Consentement SMS via smsmode" becomes "false"
    And 12 hours pass
    Then the phone has received 0 SMS
    And the workflow's history says "no_consent"
    And the newest timeline event reads "Statut du SMS [Erreur permanente] transmis le …"

  @beyond
  Scenario: A consent that is given in between changes nothing
    When 11 hours pass
    And a visitor is enrolled
    And the contact's "Consentement SMS via smsmode" becomes "true"
    And 12 hours pass
    Then the phone has received 1 SMS

  @beyond
  Scenario: A STOP in between is obeyed
    When a visitor is enrolled
    And 11 hours pass
    And the contact goes through the workflow again
    And the phone replies "STOP"
    And 12 hours pass
    Then the phone has received 1 SMS
    And the workflow's history says "opted_out"
    And the newest timeline event reads "Statut du SMS [Erreur permanente] transmis le …"

  @B5
  Scenario Outline: An app that is uninstalled meanwhile sends nothing in the morning
    Given the workflow sends "<text>" as "SMS Promotionnel"
    When 11 hours pass
    And a visitor is enrolled
    And 10 minutes pass
    And the marketer uninstalls the app
    And 12 hours pass
    Then the phone has received 0 SMS
    And the integration holds the account as "revoked"

    Examples:
      | text            |
      | Bonjour         |
      | Bonjour $prenom |

  @beyond
  Scenario: Notifications go out at any hour
    When 13 hours pass
    And an SMS "Votre code" goes out as "SMS Notification"
    Then the phone has received "Votre code"

  @beyond
  Scenario Outline: The hours are the recipient's own
    When <asked> hours pass
    And an SMS "Bonjour" goes to a contact whose phone is "<written>"
    And <closed> hours pass
    Then the phone "<number>" has received 0 SMS
    When 1 hour passes
    Then the phone "<number>" has received 1 SMS

    Examples: From when it is asked for (hours after 10:00 in Paris) to 8:00 over there
      | where      | written            | number       | asked | closed |
      | Guadeloupe | +590 690 00 12 34  | 590690001234 | 0     | 2      |
      | Martinique | +596 696 00 12 34  | 596696001234 | 0     | 2      |
      | Guyane     | +594 694 20 12 34  | 594694201234 | 0     | 1      |
      | La Réunion | +262 692 00 12 34  | 262692001234 | 8     | 10     |
      | Mayotte    | +262 639 00 12 34  | 262639001234 | 8     | 11     |

  @beyond
  Scenario: Numbers abroad keep no French hours
    When 13 hours pass
    And an SMS "Bonjour" goes to a contact whose phone is "+41 78 123 45 67"
    Then the phone "41781234567" has received 1 SMS

  @E2
  Scenario: The card says that an SMS is scheduled
    When 11 hours pass
    And the marketer presses "Envoyer un SMS" on the card
    And the marketer sends "Bonjour" as "SMS Promotionnel"
    Then the page says "Le SMS est programmé."
    And the page says "24/11/2026 à 08:00"
    When the marketer opens the contact record
    Then the card's first SMS reads "Programmé"
    When 12 hours pass
    And the marketer opens the contact record
    Then the card's first SMS reads "Reçu"

  @E2
  Scenario: The form says so before the SMS is sent
    When 11 hours pass
    And the marketer presses "Envoyer un SMS" on the card
    Then the page says "Envoi reporté au 24/11/2026 à 08:00 (heure du destinataire)"
    When the form asks for a preview of "Votre badge" as "SMS Notification"
    Then the preview remarks nothing

  @E2
  Scenario: In English too
    Given the marketer reads English
    When 11 hours pass
    And the marketer presses "Envoyer un SMS" on the card
    And the marketer sends "Bonjour" as "SMS Promotionnel"
    Then the page says "Postponed to 2026-11-24 08:00 (the recipient's time)"
