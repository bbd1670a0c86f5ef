Feature: What an SMS is made of

  Background:
    Given a furnished world

  @C1
  Scenario Outline: The recipient is the contact's phone, from any country
    When an SMS "Bonjour" goes to a contact whose phone is "<written>"
    Then the phone "<number>" has received 1 SMS

    Examples:
      | written             | number      |
      | 06 00 01 00 77      | 33600010077 |
      | +33 6 00 01 00 78   | 33600010078 |
      | 0033600010079       | 33600010079 |
      | +41 78 123 45 67    | 41781234567 |
      | +354 611 1234       | 3546111234  |

  @C1
  Scenario Outline: A number that cannot take an SMS is refused before it costs anything
    When an SMS "Bonjour" goes to a contact whose phone is "<written>"
    Then the workflow's history says "<code>"
    And nothing was debited

    Examples:
      | written        | code           |
      |                | no_number      |
      | 06 00 01       | invalid_number |
      | inconnu        | invalid_number |
      | 01 99 00 12 34 | not_a_mobile   |

  @C1
  Scenario: The form may choose another of the contact's numbers
    Given the workflow's action has "to" set to "{{ enrolled_object.mobilephone }}"
    And a contact whose phone is "01 99 00 12 34"
    When the contact's "Numéro de téléphone mobile" becomes "06 00 01 00 76"
    And the contact's "CAL_Autres Sources" becomes "Salon visiteur"
    And 10 seconds pass
    Then the phone "33600010076" has received 1 SMS

  @C1
  Scenario: National numbers are read with the account's country
    Given another account, of the time zone "Europe/Zurich", that has the app too
    When an SMS "Bonjour" goes to a contact whose phone is "078 123 45 67"
    Then the phone "41781234567" has received 1 SMS

  @C2
  Scenario Outline: Each type of send has its own channel
    When an SMS "Bonjour" goes out as "<type>"
    Then smsmode has sent it on the channel "<channel>"

    Examples:
      | type             | channel      |
      | SMS Promotionnel | Marketing    |
      | SMS Notification | Notification |

  @C3
  Scenario: A personalised sender
    When an SMS "Bonjour" goes out from "smsmode"
    Then the phone shows the sender "smsmode"

  @C3
  Scenario Outline: A sender that is not one
    When an SMS "Bonjour" goes out from "<sender>"
    Then the workflow's history says "invalid_sender"
    And nothing was debited

    Examples:
      | sender       |
      | Mon Salon    |
      | Salon2026Pro |
      | Salon!       |
      | Café         |

  @C3
  Scenario: Without a sender the account's own number shows
    When an SMS "Bonjour" goes out as "SMS Promotionnel"
    Then the phone shows the sender "36034"

  @C3
  Scenario Outline: A country that does not take the sender
    When an SMS "Bonjour" goes from "smsmode" to a contact whose phone is "<written>"
    Then the workflow's history says "<code>"
    And nothing was debited

    Examples:
      | written           | code                |
      | +1 201 555 0123   | sender_not_taken    |
      | +90 501 234 56 78 | sender_not_declared |

  @C4
  Scenario Outline: One SMS holds 160 characters, several hold 153 each
    When a notification of <characters> characters goes out
    Then smsmode counts <characters> characters and <parts> SMS
    And the phone shows them as one
    And the editor's counter shows <characters> characters and <parts> SMS

    Examples:
      | characters | parts |
      | 160        | 1     |
      | 161        | 2     |
      | 306        | 2     |
      | 307        | 3     |

  @C4
  Scenario: A two-septet character does not straddle two SMS
    When a notification of 152 characters, a "€" and 152 characters goes out
    Then smsmode counts 306 characters and 3 SMS

  @C4
  Scenario: Characters outside the GSM alphabet become simple ones
    When an SMS "Forêt, garçon, cœur, été, 5 €" goes out as "SMS Notification"
    Then the phone has received "Foret, garcon, coeur, été, 5 €"

  @C4
  Scenario: Names are put in
    When an SMS "Bonjour $prenom $nom" goes to "Jean-Philippe" "MARTIN"
    Then the phone has received "Bonjour Jean-Philippe MARTIN STOP 36034"

  @C4
  Scenario Outline: A name that is missing leaves nothing behind
    When an SMS "Bonjour $prenom $nom, à demain" goes to "<first>" "<last>"
    Then the phone has received "<text>"

    Examples:
      | first | last    | text                                   |
      |       | BERNARD | Bonjour BERNARD, à demain STOP 36034   |
      | Ada   |         | Bonjour Ada, à demain STOP 36034       |

  @C4
  Scenario: HubSpot's own tokens are put in before the app is called
    When an SMS "Bonjour {{ enrolled_object.firstname }}" goes to "Ada" "BERNARD"
    Then the phone has received "Bonjour Ada STOP 36034"

  @C4
  Scenario: The counter of an editor where no contact is known
    Then the editor counts 84 characters and 1 SMS for "Bonjour $prenom $nom, penser au renouvellement de votre contrat"

  @C5
  Scenario: The mention is on every promotional SMS, and costs 11 characters
    When a promotional SMS of 149 characters goes out without asking for the mention
    Then smsmode counts 160 characters and 1 SMS
    And the phone's SMS ends with " STOP 36034"
    And the editor's counter of a promotional SMS of 149 characters shows 160 characters and 1 SMS

  @C5
  Scenario: The mention may cost a second SMS
    When a promotional SMS of 150 characters goes out without asking for the mention
    Then smsmode counts 161 characters and 2 SMS

  @C5
  Scenario: A notification has the mention only when it is asked for
    When an SMS "Votre badge" goes out as "SMS Notification"
    Then the phone has received "Votre badge"

  @C6
  Scenario Outline: Unicode shows everything, and an SMS holds 70 characters
    When a notification of <characters> characters goes out in Unicode
    Then smsmode counts <characters> characters and <parts> SMS
    And the phone shows them as one
    And the editor's counter of Unicode shows <characters> characters and <parts> SMS

    Examples:
      | characters | parts |
      | 70         | 1     |
      | 71         | 2     |
      | 134        | 2     |
      | 135        | 3     |

  @C6
  Scenario: Emoji and accents survive in Unicode
    When an SMS "Forêt 🌲 garçon" goes out in Unicode
    Then the phone has received "Forêt 🌲 garçon"

  @C7
  Scenario: The consent always travels with the action
    When the contact's "Consentement SMS via smsmode" becomes "true"
    And an SMS "Bonjour" goes out as "SMS Promotionnel"
    Then HubSpot's call holds "smsmode_consent" with the value "true"
