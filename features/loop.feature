@both_editions @both_databases
Feature: The whole loop
  From an account that has nothing to a contact who has had enough, without leaving this machine.

  @beyond
  Scenario: Install, enrol, send, deliver, reply, STOP
    Given an empty world
    When the app is installed and its two keys are linked
    And a published workflow sends "Bonjour $prenom, merci de votre visite !" as "SMS Promotionnel" to trade-show visitors
    And a marketing contact "Jean-Philippe" "MARTIN" with the phone "06 00 01 00 01"
    And the contact's "CAL_Autres Sources" becomes "Salon visiteur"
    And 10 seconds pass
    Then the phone has received "Bonjour Jean-Philippe, merci de votre visite ! STOP 36034"
    And the timeline shows, newest first
      | header                                 |
      | Statut du SMS [Reçu] transmis le …     |
      | Statut du SMS [Transmis] transmis le … |
    When the phone replies "Bien reçu !"
    And 10 seconds pass
    Then the newest timeline event reads "SMS MO [Bien reçu !] reçu à …"
    When the phone replies "Stop"
    And 10 seconds pass
    Then the newest timeline event reads "SMS MO [Stop] reçu à …"
    And "smsmode_status" of the contact is "Refus des SMS promotionnels"
    When the contact goes through the workflow again
    And 10 seconds pass
    Then the workflow's history says "opted_out"
    And the phone has received 1 SMS
    When a published workflow sends "Votre badge vous attend." as "SMS Notification" to trade-show visitors
    And the contact goes through the workflow again
    And 10 seconds pass
    Then the phone has received "Votre badge vous attend."

  @beyond
  Scenario: Everything that follows from an enrolment has one cause
    Given a furnished world
    When a visitor is enrolled
    And 10 seconds pass
    And the phone replies "Stop"
    And 10 seconds pass
    Then the journal traces the enrolment, the SMS, its reports, the reply and the timeline events to one cause

  @beyond
  Scenario: A report that the integration misses is sent again until it is taken
    Given a furnished world
    And the integration does not answer smsmode
    When a visitor is enrolled
    And 10 seconds pass
    Then the timeline shows no "Reçu"
    When the integration answers smsmode again
    And 3 minutes pass
    Then the timeline shows one "Reçu"
