@both_editions
Feature: Following up on the contact record

  Background:
    Given a furnished world

  @F1
  Scenario: One event for each status
    When an SMS "Je vérifie l'envoi" goes out as "SMS Notification"
    Then the timeline shows, newest first
      | header                                 |
      | Statut du SMS [Reçu] transmis le …     |
      | Statut du SMS [Transmis] transmis le … |
    And the newest timeline event's detail holds
      | line                                    |
      | SMS message: Je vérifie l'envoi         |
      | Statut: Reçu.                           |
      | Reçu: 23/11/2026 10:00:….               |
      | Nombre de caractères du message: 18.    |
      | Nombre de SMS: 1.                       |
    And the oldest timeline event's detail holds
      | line                          |
      | Statut: Transmis.             |
      | Transmis: 23/11/2026 10:00:…. |

  @F1
  Scenario: The figures of the tutorial's screen
    Given smsmode writes the mention as the tutorial shows it
    When an SMS "Je vérifie l'envoi du SMS pour $nom, $prenom" goes to "Jean-Philippe" "MARTIN"
    Then the newest timeline event's detail holds
      | line                                                                          |
      | SMS message: Je vérifie l'envoi du SMS pour MARTIN, Jean-PhilippeSTOP #cod.    |
      | Nombre de caractères du message: 62.                                          |
      | Nombre de SMS: 1.                                                             |

  @F1
  Scenario Outline: Errors are shown as what they are
    When an SMS "Bonjour" goes to a contact whose phone is "<number>"
    And 27 hours pass
    Then the newest timeline event reads "Statut du SMS [<status>] transmis le …"

    Examples:
      | number       | status             |
      | +33600000101 | Erreur temporaire  |
      | +33600000102 | Erreur permanente  |
      | +33600000109 | Erreur permanente  |

  @F1
  Scenario Outline: Reports come early, twice or out of order, and each status shows once
    When an SMS "Bonjour" goes to a contact whose phone is "<number>"
    And 1 hour passes
    Then the timeline shows one "Reçu"
    And the timeline shows one "Transmis"

    Examples:
      | number       |
      | +33600000103 |
      | +33600000104 |
      | +33600000105 |

  @F2
  Scenario: A reply
    When a visitor is enrolled
    And 10 seconds pass
    And the phone replies "Bien reçu !"
    And 10 seconds pass
    Then the newest timeline event reads "SMS MO [Bien reçu !] reçu à …"
    And the newest timeline event's detail holds
      | line                                                     |
      | SMS Message type "Réponse du destinataire" reçu de +336… à …  |
      | Texte du message:                                             |
      | Bien reçu !                                                   |

  @F3
  Scenario: A personalised sender takes no replies
    When an SMS "Bonjour" goes out from "smsmode"
    Then the phone cannot reply, because of "personalised-sender"

  @F3
  Scenario: Some countries have no replies
    When an SMS "Bonjour" goes to a contact whose phone is "+41 78 123 45 67"
    Then the phone cannot reply, because of "country"

  @F4
  Scenario Outline: STOP
    When a visitor is enrolled
    And the contact's "Consentement SMS via smsmode" becomes "true"
    And 10 seconds pass
    And the phone replies "<word>"
    And 10 seconds pass
    Then the newest timeline event reads "SMS MO [<word>] reçu à …"
    And the newest timeline event's detail holds
      | line                                                |
      | Type de message: "Opt-out demandé" reçu de +336… à …. |
      | SMS réponse:                                        |
      | <word>                                              |
    And "smsmode_status" of the contact is "Refus des SMS promotionnels"
    And "smsmode_consent" of the contact is unset
    When the contact goes through the workflow again
    And 10 seconds pass
    Then the workflow's history says "opted_out"
    And the phone has received 1 SMS

    Examples:
      | word |
      | Stop |
      | STOP |

  @F4
  Scenario: A STOP counts for every workflow, and is not lifted by ticking the consent again
    When a visitor is enrolled
    And 10 seconds pass
    And the phone replies "STOP"
    And 10 seconds pass
    And the contact's "Consentement SMS via smsmode" becomes "true"
    And the workflow sends "Autre promotion" as "SMS Promotionnel"
    And the contact goes through the workflow again
    And 10 seconds pass
    Then the workflow's history says "opted_out"
    And the phone has received 1 SMS

  @F4
  Scenario: A STOP leaves notifications as they are
    When a visitor is enrolled
    And 10 seconds pass
    And the phone replies "STOP"
    And 10 seconds pass
    And an SMS "Votre badge" goes out as "SMS Notification"
    Then the phone has received "Votre badge"

  @F5
  Scenario Outline: Abroad, opting out is a link, and its effect is the same
    Given smsmode writes the mention abroad as "<form>"
    When an SMS "Bonjour" goes to a contact whose phone is "+41 78 123 45 67"
    And the contact's "Consentement SMS via smsmode" becomes "true"
    Then the phone's SMS holds " no-sms.eu"
    When the recipient opts out by the link
    And 10 seconds pass
    Then the newest timeline event reads "SMS MO [STOP] reçu à …"
    And "smsmode_status" of the contact is "Refus des SMS promotionnels"
    And "smsmode_consent" of the contact is unset
    When the contact goes through the workflow again
    And 10 seconds pass
    Then the workflow's history says "opted_out"
    And the phone has received 1 SMS

    Examples:
      | form   |
      | domain |
      | link   |

  @F5
  Scenario: An opt-out that smsmode tells only by refusing the next SMS
    Given smsmode has the number on its opposition list
    When a visitor is enrolled
    And 10 seconds pass
    Then the newest timeline event reads "Statut du SMS [Erreur permanente] transmis le …"
    And "smsmode_status" of the contact is "Refus des SMS promotionnels"
    When the contact goes through the workflow again
    And 10 seconds pass
    Then the workflow's history says "opted_out"
