@both_editions
Feature: Who asks to be forgotten
  A person has HubSpot erase their contact: the integration forgets whom it wrote to, and keeps
  the figures.

  @beyond
  Scenario: HubSpot tells of an erasure, and the integration forgets the contact
    Given a furnished world
    When a visitor is enrolled
    And 10 seconds pass
    And the phone replies "Bien reçu !"
    And 10 seconds pass
    Then the integration knows of 1 SMS to the contact
    When HubSpot erases the contact
    And 1 minute passes
    Then the integration knows of 0 SMS to the contact
    And the account's figures count 1 SMS as "received"

  @beyond
  Scenario: What waits for the morning is never sent to who is forgotten overnight
    Given a furnished world
    When 11 hours pass
    And a visitor is enrolled
    And HubSpot erases the contact
    And 12 hours pass
    Then the phone has received 0 SMS
    And the account's figures count 1 SMS as "refused"

  @beyond
  Scenario: A contact that was merged with another is forgotten whole
    Given a furnished world
    When a visitor is enrolled
    And 10 seconds pass
    And the contact is merged with another
    And 1 minute passes
    Then the integration knows of 1 SMS to the contact
    When HubSpot erases the contact
    And 1 minute passes
    Then the integration knows of 0 SMS to the contact
    And the account's figures count 1 SMS as "received"

  @beyond
  Scenario: A contact that is only deleted is not forgotten
    Given a furnished world
    When a visitor is enrolled
    And 10 seconds pass
    And the contact is deleted on HubSpot
    And 1 minute passes
    Then the integration knows of 1 SMS to the contact
