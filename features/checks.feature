Feature: SMS not received
  The five checks of the tutorial, answered for one contact: what was found, and where to mend it.

  Background:
    Given a furnished world

  @D6
  Scenario: Everything is in order
    When a visitor is enrolled
    And 10 seconds pass
    Then the checks say
      | check     | verdict | found                                |
      | number    | fine    | Le numéro se lit +336                |
      | blacklist | fine    | aucune liste d'opposition            |
      | consent   | fine    | contact marketing                    |
      | enrolment | fine    | est passé par un workflow            |
      | credit    | fine    | a du crédit                          |
    And nothing is to be mended

  @D6
  Scenario Outline: The number was mistyped
    When an SMS "Bonjour" goes to a contact whose phone is "<written>"
    Then the check "number" finds "<found>" and says to mend it by "Corrigez le numéro"
    And its evidence holds "code" as "<code>"

    Examples:
      | written        | found                         | code           |
      |                | n'a pas de numéro             | no_number      |
      | 06 00 01       | n'est pas valide              | invalid_number |
      | 01 99 00 12 34 | ne peut pas recevoir de SMS   | not_a_mobile   |

  @D6
  Scenario: The number is blacklisted at smsmode
    Given smsmode has the number on its opposition list
    When a visitor is enrolled
    And 10 seconds pass
    Then the check "blacklist" finds "liste d'opposition" and says to mend it by "faites retirer le numéro"
    And its evidence names the moment "blacklisted_at"

  @D6
  Scenario: The recipient answered STOP
    When a visitor is enrolled
    And 10 seconds pass
    And the phone replies "STOP"
    And 10 seconds pass
    Then the check "blacklist" finds "a répondu STOP" and says to mend it by "revenir sur son choix"
    And the check "consent" finds "a refusé les SMS promotionnels" and says to mend it by "Statut du téléphone pour smsmode"

  @D6
  Scenario: A recipient who has changed their mind gets promotional SMS again
    When a visitor is enrolled
    And 10 seconds pass
    And the phone replies "STOP"
    And 10 seconds pass
    And smsmode takes the number off its opposition list
    And the operator lifts the contact's refusal
    And 10 seconds pass
    Then "smsmode_status" of the contact is "Actif"
    When the contact goes through the workflow again
    And 10 seconds pass
    Then the phone has received 2 SMS
    And nothing is to be mended

  @D6
  Scenario: A number that smsmode had on its list and takes again
    Given smsmode has the number on its opposition list
    When a visitor is enrolled
    And 10 seconds pass
    And smsmode takes the number off its opposition list
    And the operator lifts the contact's refusal
    And 10 seconds pass
    And the contact goes through the workflow again
    And 10 seconds pass
    Then the phone has received 1 SMS
    And nothing is to be mended

  @D6
  Scenario: The contact has refused on HubSpot
    When the contact's "Consentement SMS via smsmode" becomes "false"
    Then the check "consent" finds "n'a pas donné son accord" and says to mend it by "cochez « Consentement SMS via smsmode »"
    And its evidence holds "smsmode_consent" as "false"

  @D6
  Scenario: The contact is not a marketing contact
    Given a contact who is not a marketing contact
    Then the check "consent" finds "n'est pas un contact marketing" and says to mend it by "Définir comme contact marketing"

  @D6
  Scenario: The contact was never enrolled
    When the contact's "CAL_Autres Sources" becomes "Site web"
    And 10 seconds pass
    Then the check "enrolment" finds "aucun SMS pour ce contact" and says to mend it by "autorisez la réinscription"

  @D6
  Scenario: The contact was enrolled, and the SMS refused
    Given the workflow's action has "sender" set to "trop long ici"
    When the contact's "CAL_Autres Sources" becomes "Salon visiteur"
    And 10 seconds pass
    Then the check "enrolment" finds "L'émetteur compte 1 à 11 lettres" and says to mend it by "inscrivez de nouveau le contact"

  @D6
  Scenario: The account is out of credit
    Given the smsmode account is empty
    When a visitor is enrolled
    And 10 seconds pass
    Then the check "credit" finds "n'a plus de crédit" and says to mend it by "Rechargez le compte"

  @D6
  Scenario: A key that is not told the balance
    Given the smsmode account is empty
    And smsmode tells no balance
    When a visitor is enrolled
    And 10 seconds pass
    Then the check "credit" finds "n'a plus de crédit" and says to mend it by "Rechargez le compte"
    And its evidence names the moment "no_credit_at"

  @D6
  Scenario: The checks in English
    Given a contact who is not a marketing contact
    Then the check "consent" finds, in English, "The contact is not a marketing contact"

  @D6
  Scenario: HubSpot cannot be asked
    Given the way to HubSpot is cut
    Then the check "number" is undecided
    And the check "consent" is undecided

  @D6
  Scenario Outline: Nobody to check
    Then checking the contact "<contact>" of the account "<account>" is answered <status>, "<code>"

    Examples:
      | contact | account | status | code              |
      | 1       | its own | 404    | not_found         |
      | abc     | its own | 400    | malformed_request |
      | 1       | 999     | 404    | unknown_account   |

  @D6
  Scenario: Only the operator may ask
    Then checking without the operator's token is answered 401
