Feature: The workflow that sends SMS

  Background:
    Given a furnished world

  @D0
  Scenario: Only marketing contacts get promotional SMS
    Given a contact who is not a marketing contact
    When the contact's "CAL_Autres Sources" becomes "Salon visiteur"
    And 10 seconds pass
    Then the workflow's history says "not_marketing_contact"
    And the workflow's history says "définissez-le comme contact marketing"
    And the phone has received 0 SMS
    When the contact is set as a marketing contact
    And the contact goes through the workflow again
    And 10 seconds pass
    Then the phone has received 1 SMS

  @D0
  Scenario: A notification goes to any contact
    Given a contact who is not a marketing contact
    And the workflow sends "Votre badge" as "SMS Notification"
    When the contact's "CAL_Autres Sources" becomes "Salon visiteur"
    And 10 seconds pass
    Then the phone has received "Votre badge"

  @D1
  Scenario Outline: The trigger
    When the contact's "CAL_Autres Sources" becomes "<value>"
    And 10 seconds pass
    Then the phone has received <sms> SMS

    Examples:
      | value          | sms |
      | Salon exposant | 1   |
      | Salon visiteur | 1   |
      | Site web       | 0   |

  @D2
  Scenario: The connector is offered under its name
    Then the workflow editor offers "smsmode : envoyer un SMS", described as "Envoi d'un SMS à un contact"

  @D3
  Scenario: The form of the action
    Then the form of the action has
      | field                                  |
      | Destinataires                          |
      | Type d'envoi                           |
      | Émetteur (11 Car. max)                 |
      | Texte du SMS                           |
      | Ajout de la mention "STOP" (11 car.)   |
      | Encodage des SMS                       |
    And "Type d'envoi" and "Texte du SMS" must be filled in
    And "Type d'envoi" offers "SMS Promotionnel" and "SMS Notification"
    And "Encodage des SMS" offers "Standard Encoding (GSM7=default)" and "Unicode"

  @D3
  Scenario Outline: What is wrong with the form is said
    Given the workflow's action has "<field>" set to "<value>"
    When the contact's "CAL_Autres Sources" becomes "Salon visiteur"
    And 10 seconds pass
    Then the workflow's history says "<code>"
    And the workflow's history says "<words>"
    And nothing was debited

    Examples:
      | field    | value         | code             | words                              |
      | type     | fax           | unknown_type     | Le type d'envoi est inconnu        |
      | text     |               | empty_text       | Le texte du SMS est vide           |
      | sender   | trop long ici | invalid_sender   | L'émetteur compte 1 à 11 lettres   |
      | encoding | UTF-8         | unknown_encoding | L'encodage est inconnu             |

  @D4
  Scenario: A workflow that is not published enrols nobody
    Given the workflow is not published
    When the contact's "CAL_Autres Sources" becomes "Salon visiteur"
    And 10 seconds pass
    Then the phone has received 0 SMS
    And nobody is enrolled
    When the workflow is published
    And the contact goes through the workflow again
    And 10 seconds pass
    Then the phone has received 1 SMS

  @D5
  Scenario: A contact that meets the trigger is enrolled and gets the SMS
    When the contact's "CAL_Autres Sources" becomes "Salon visiteur"
    Then the contact is enrolled
    When 10 seconds pass
    Then the phone has received 1 SMS
    And the workflow's history says "SUCCESS"

  @D5
  Scenario: HubSpot calls again when the integration is down, and the SMS goes out once
    Given the integration is down
    When the contact's "CAL_Autres Sources" becomes "Salon visiteur"
    And 10 seconds pass
    Then the phone has received 0 SMS
    When the integration is up again
    And 5 minutes pass
    Then the phone has received 1 SMS

  @D5
  Scenario: HubSpot calls again when the answer is lost on its way, and the SMS goes out once
    Given the integration's answers to HubSpot are lost
    When the contact's "CAL_Autres Sources" becomes "Salon visiteur"
    And 10 seconds pass
    Then the phone has received 1 SMS
    When the integration's answers arrive again
    And 5 minutes pass
    Then the workflow's history says "SUCCESS"
    And the phone has received 1 SMS
    And HubSpot has called twice for the contact
