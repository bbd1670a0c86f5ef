@both_editions
Feature: Installing the application on HubSpot

  Background:
    Given an empty world
    And the operator has given the account its install link

  @B1
  Scenario: A request names the smsmode account, and is answered with its own install URL
    When the operator is asked for the install URL of "Salon Démo"
    And the operator is asked for the install URL of "Salon Démo"
    Then each answer is an install URL of its own
    And each leads to HubSpot's consent with a state of its own

  @B1
  Scenario: An install URL that has served leads nowhere
    When the marketer installs the app
    And the marketer opens the install link
    Then the page says "Ce lien d'installation est inconnu, a déjà servi ou a expiré."

  @B1
  Scenario Outline: A request that the operator does not answer
    When the install URL is asked for with "<body>" and the token "<token>"
    Then the integration answers "<code>"

    Examples:
      | body                      | token    | code              |
      | {"account": "Salon Démo"} | wrong    | not_operator      |
      | {}                        | operator | malformed_request |
      | {"account": ""}           | operator | malformed_request |
      | {"account": 1, "more": 2} | operator | malformed_request |

  @B2
  Scenario: Signing in, choosing the account, and what the app asks for
    When the marketer opens the install link
    Then the page offers "Se souvenir de moi"
    When the marketer signs in with the password "wrong"
    Then the page says "L'adresse e-mail ou le mot de passe est incorrect."
    When the marketer signs in
    Then the page says "Choisir un compte"
    When the marketer chooses the account
    Then the page says "smsmodeEnvoisMS"
    And the page asks, in words, for
      | permission                                                     |
      | Consulter les listes de contacts                               |
      | détails des contacts, créer, modifier et supprimer             |
      | détails des transactions, créer, modifier et supprimer         |
      | Consulter les paramètres de propriété des contacts             |
      | Consulter les définitions d'objet personnalisé                 |
      | détails des entreprises, créer, modifier et supprimer          |
      | Consulter les détails des lignes de produits                   |
      | Consulter les paramètres de propriété des transactions         |
      | Consulter les détails des devis et des modèles de devis        |
      | Accéder aux workflows                                          |
      | formulaires d'action                                           |
      | Créer des événements chronologiques                            |
      | fonctionnalités de base d'OAuth                                |
      | Accéder aux tickets                                            |
      | fonctionnalités de e-commerce                                  |
      | media_bridge.read : lire les médias tiers                      |
      | media_bridge.write : créer et modifier des médias tiers        |
    And the page offers "Connecter l'application"
    And the page offers "Annuler"

  @B2
  Scenario: A session that has expired
    When the marketer opens the install link
    And the marketer signs in
    And 2 hours pass
    And the marketer opens the install link
    Then the page says "Votre authentification a expiré"

  @B2
  Scenario: A session that is remembered
    When the marketer opens the install link
    And the marketer signs in and ticks "Se souvenir de moi"
    And 2 hours pass
    And the marketer opens the install link
    Then the page says "Choisir un compte"

  @B2
  Scenario: A user without the rights to install is refused
    When the marketer opens the install link
    And the intern signs in
    And the marketer chooses the account
    Then the page says "Vous n'êtes pas autorisé à installer des applications"
    And nothing is installed

  @B3
  Scenario: Connecting the application puts everything in place
    When the marketer installs the app
    Then the page says "detail '{"hs_execution_state": "SUCCESS"}'"
    And the page says "response "Ok""
    And the contact property "Consentement SMS via smsmode" exists
    And the contact property "Statut du téléphone pour smsmode" exists
    And the event templates are "Envoi SMS", "SMS MO" and "SMS MO (opt-out)"
    And the workflow action is called "smsmode : envoyer un SMS" in "fr"
    And the workflow action is called "smsmode: send an SMS" in "en"
    And the app stands among the connected apps

  @B3
  Scenario: Installing twice changes nothing
    When the marketer installs the app
    And the operator has given the account its install link
    And the marketer installs the app
    Then the page says "SUCCESS"
    And the event templates are "Envoi SMS", "SMS MO" and "SMS MO (opt-out)"
    And there is one workflow action

  @B3
  Scenario: A colleague installs again, and nothing is doubled
    When the marketer installs the app
    And the operator has given the account its install link
    And a colleague installs the app
    Then the page says "SUCCESS"
    And the app stands among the connected apps
    And the account was last installed by the colleague
    And there is one workflow action

  @B3
  Scenario: The consent is refused
    When the marketer opens the install link
    And the marketer signs in
    And the marketer chooses the account
    And the marketer presses "Annuler"
    Then the page says "L'installation a été annulée sur HubSpot : rien n'a été mis en place."
    And the page says "Ouvrez de nouveau votre lien d'installation."
    And nothing is installed

  @B3
  Scenario: An answer of HubSpot's that was used already
    When the marketer installs the app
    And the marketer reloads the last page
    Then the page says "Cette réponse de HubSpot a déjà servi."
    And the page says "Ouvrez de nouveau votre lien d'installation."
    And the integration holds the account as "active"

  @B3
  Scenario: A forged state
    When somebody brings back a state that was never given
    Then the page says "Cette réponse ne vient pas de l'installation commencée ici."
    And the page says "Ouvrez de nouveau votre lien d'installation."
    And nothing is installed

  @B3
  Scenario: A consent brought back by another browser
    When the marketer consents and somebody else opens the address that follows
    Then the page says "Cette réponse ne vient pas de l'installation commencée ici."
    And nothing is installed

  @B3
  Scenario: A code that has expired
    When the marketer consents and takes 2 minutes to come back
    Then the page says "Le code donné par HubSpot a expiré ou a déjà servi."
    And the page says "Ouvrez de nouveau votre lien d'installation."
    And nothing is installed
    When the marketer opens the install link
    And the marketer chooses the account
    And the marketer presses "Connecter l'application"
    Then the page says "SUCCESS"

  @B3
  Scenario: A consent that took too long
    When the marketer opens the install link
    And the marketer signs in and ticks "Se souvenir de moi"
    And 61 minutes pass
    And the marketer chooses the account
    And the marketer presses "Connecter l'application"
    Then the page says "L'installation est restée trop longtemps en attente."
    And the page says "Ouvrez de nouveau votre lien d'installation."
    And nothing is installed

  @B4
  Scenario: Nothing can be sent before the two keys are linked
    When the marketer installs the app
    And a published workflow sends "Bonjour" as "SMS Promotionnel" to trade-show visitors
    And a marketing contact "Ada" "BERNARD" with the phone "06 00 01 00 02"
    And the contact's "CAL_Autres Sources" becomes "Salon visiteur"
    And 10 seconds pass
    Then the workflow's history says "keys_not_linked"
    And the workflow's history says "L'installation n'est pas terminée : créez les deux clés API « Hubspot Mkt » et « Hubspot Not »"
    When the marketer presses "Envoyer un SMS" on the card
    And the marketer sends "Bonjour" as "SMS Notification"
    Then the page says "L'installation n'est pas terminée : créez les deux clés API « Hubspot Mkt » et « Hubspot Not »"
    And the phone has received 0 SMS
    When the operator creates the keys "Hubspot Mkt" and "Hubspot Not" and links them
    And the contact goes through the workflow again
    And 10 seconds pass
    Then the phone has received 1 SMS

  @B4
  Scenario: Installed again for another smsmode account, the app sends with none of the former's keys
    When the marketer installs the app
    And the operator creates the keys "Hubspot Mkt" and "Hubspot Not" and links them
    And a published workflow sends "Bonjour" as "SMS Promotionnel" to trade-show visitors
    And a marketing contact "Ada" "BERNARD" with the phone "06 00 01 00 02"
    And the operator has given the smsmode account "Autre" an install link
    And the marketer installs the app
    And the contact goes through the workflow again
    And 10 seconds pass
    Then the workflow's history says "keys_not_linked"
    And the phone has received 0 SMS

  @B4
  Scenario: A key that smsmode does not know is not linked
    When the marketer installs the app
    And the operator links a key that smsmode does not know
    Then the integration answers "access_revoked"

  @B4
  Scenario: Two keys that are given for each other are not linked
    When the marketer installs the app
    And the operator links each of the two keys for the other
    Then the integration answers "keys_swapped"

  @B5
  Scenario: The app stands among the connected apps, and is uninstalled there
    When the marketer installs the app
    And the marketer opens the connected apps
    Then the page says "Applications connectées"
    And the page says "smsmodeEnvoisMS"
    When the marketer types "smsmode" and presses "Désinstaller"
    Then the page says "Le nom saisi n'est pas celui de l'application."
    And the app stands among the connected apps
    When the marketer types "smsmodeEnvoisMS" and presses "Désinstaller"
    Then the page says "Aucune application n'est connectée à ce compte."
    And the app stands no longer among the connected apps
    And the app's tokens are dead

  @B5
  Scenario: Once it is uninstalled nothing is sent, and who installs again links no keys again
    When the marketer installs the app
    And the operator creates the keys "Hubspot Mkt" and "Hubspot Not" and links them
    And a published workflow sends "Bonjour" as "SMS Promotionnel" to trade-show visitors
    And a marketing contact "Ada" "BERNARD" with the phone "06 00 01 00 02"
    And the marketer uninstalls the app
    And the contact goes through the workflow again
    And 10 seconds pass
    Then the phone has received 0 SMS
    When the operator has given the account its install link
    And the marketer installs the app
    And the contact goes through the workflow again
    And 10 seconds pass
    Then the phone has received 1 SMS

  @B6
  Scenario: The opt-out property is found by searching for "sms"
    When the marketer installs the app
    Then searching the properties for "sms" finds "Consentement SMS via smsmode"
    And it is "Une seule case à cocher" in the group "Informations sur le contact"
    And everybody may see and change it
