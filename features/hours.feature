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
    When 130 hours pass
    And a visitor is enrolled
    And 35 hours pass
    Then the phone has received 0 SMS
    When 2 hours pass
    Then the phone has received 1 SMS

  @beyond
  Scenario: Not on a public holiday
    When 768 hours pass
    And a visitor is enrolled
    And 21 hours pass
    Then the phone has received 0 SMS
    When 3 hours pass
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
    When an SMS "Bonjour" goes to a contact whose phone is "<written>"
    Then the phone "<number>" has received <now> SMS
    When 3 hours pass
    Then the phone "<number>" has received 1 SMS

    Examples:
      | written            | number       | now |
      | +590 690 00 12 34  | 590690001234 | 0   |
      | +262 692 00 12 34  | 262692001234 | 1   |

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
  Scenario: In English too
    Given the marketer reads English
    When 11 hours pass
    And the marketer presses "Envoyer un SMS" on the card
    And the marketer sends "Bonjour" as "SMS Promotionnel"
    Then the page says "Postponed to 2026-11-24 08:00 (the recipient's time)"
