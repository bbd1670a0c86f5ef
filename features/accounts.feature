Feature: A smsmode account

  Background:
    Given a visitor on smsmode's registration page

  @A1
  Scenario: What the form asks for
    Then the form asks for
      | label                                                       |
      | Raison sociale *                                            |
      | Prénom *                                                    |
      | Nom *                                                       |
      | Pays du siège social *                                      |
      | Email *                                                     |
      | Mot de passe *                                              |
      | Afficher                                                    |
      | J'ai lu et j'accepte les conditions générales d'utilisation |
      | CapSms *                                                    |
      | Inscription                                                 |
    And "France" is preselected
    And the letters to copy are those that smsmode expects

  @A1
  Scenario: Registering opens an account with test credits and no credit card
    When the visitor registers
    Then the account's page says "Informations sur l'organisation"
    And the account's page says "Crédits 20"
    And nothing asked for a credit card

  @A1
  Scenario: Going back to the login page
    When the visitor follows "Retour à la page de connexion"
    Then the account's page says "Connexion"

  @A1
  Scenario Outline: What is wrong is said, and what was typed is kept
    When the visitor registers with "<field>" as "<value>"
    Then the account's page says "<message>"
    And what was typed is kept, but not the password
    And no account was opened

    Examples:
      | field    | value       | message                                                         |
      | company  |             | Ce champ est obligatoire.                                       |
      | email    |             | Ce champ est obligatoire.                                       |
      | email    | martin      | Cette adresse n'est pas valide.                                 |
      | country  | XX          | Choisissez un pays de la liste.                                 |
      | terms    |             | Acceptez les conditions générales d'utilisation pour continuer. |
      | captcha  | WRONG       | Les lettres recopiées ne sont pas les bonnes                    |
      | password | trop court1 | Le mot de passe ne respecte pas toutes les règles.              |

  @A1
  Scenario Outline: Each rule of the password is shown, and enforced
    When the visitor registers with "password" as "<password>"
    Then the rule "<rule>" is shown unmet
    And every other rule is shown met
    And no account was opened

    Examples:
      | password         | rule                          |
      | Abcdefghijklm1   | 15 caractères minimum         |
      | Abcdefghijklmnop | Un chiffre                    |
      | Abc1--------defg | 10 caractères alphanumériques |
      | abcdefghijklmno1 | Une majuscule                 |
      | ABCDEFGHIJKLMNO1 | Une minuscule                 |

  @A1
  Scenario: An email that is already taken
    Given somebody registered with the visitor's email
    When the visitor registers
    Then the account's page says "Un compte existe déjà avec cet email : connectez-vous."
    And what was typed is kept, but not the password

  @A1
  Scenario: Letters serve once
    When the visitor registers with "company" as ""
    Then the letters to copy are others

  @A1 @beyond
  Scenario: The same form in English
    When the visitor reads the page in English
    Then the account's page says "Company name *"
    When the visitor registers
    Then the account's page says "Organisation verified at 20 %"

  @A1 @beyond
  Scenario: Signing in again
    Given the visitor has registered
    When the visitor follows the button "Déconnexion"
    And the visitor signs in with the password "wrong"
    Then the account's page says "L'email ou le mot de passe est incorrect."
    When the visitor signs in with their password
    Then the account's page says "Informations sur l'organisation"

  @A2
  Scenario: A new organisation, and what is left to complete
    Given the visitor has registered
    Then the account's page has the tabs "ORGANISATION", "MEMBRES" and "FACTURATION"
    And the account's page says "Organisation vérifiée à 20 %"
    And the account's page says "Il vous reste 3 étapes à compléter"
    And the account's page says "Date de création 2026-11-23"
    And the account's page says "SIREN à compléter Non vérifié"
    And the account's page says "Informations responsable Jean-Philippe MARTIN"

  @A2
  Scenario: The tutorial's own organisation: a SIREN that is not verified, no billing email
    Given the visitor has registered
    When the visitor completes the organisation with the phone "+33 6 11 11 11 11" and the SIREN "123 456 789"
    Then the account's page says "SIREN 123456789 Non vérifié"
    And the account's page says "Organisation vérifiée à 35 %"
    And the account's page says "Il vous reste 2 étapes à compléter"

  @A2
  Scenario: A SIREN whose check digit is right
    Given the visitor has registered
    When the visitor completes the organisation with the phone "0611111111" and the SIREN "732 829 320"
    Then the account's page says "SIREN 732829320 Vérifié"
    And the account's page says "Organisation vérifiée à 75 %"
    And the account's page says "Il vous reste 1 étape à compléter"

  @A2
  Scenario Outline: What an organisation cannot be
    Given the visitor has registered
    When the visitor completes the organisation with the phone "<phone>" and the SIREN "<siren>"
    Then the account's page says "<message>"
    And the organisation has no phone yet

    Examples:
      | phone      | siren     | message                             |
      | 0611111111 | 12345     | Un SIREN a 9 chiffres, un SIRET 14. |
      | bureau     | 732829320 | Ce numéro n'est pas valide.         |

  @A2
  Scenario: The members
    Given the visitor has registered
    When the visitor follows "MEMBRES"
    Then the account's page says "Jean-Philippe MARTIN, jp.martin@salon.example"

  @A2
  Scenario: A session that is over
    Given the visitor has registered
    When 13 hours pass
    And the visitor follows "MEMBRES"
    Then the account's page says "Votre session a expiré : connectez-vous de nouveau."

  @A3
  Scenario: Giving the billing email
    Given the visitor has registered
    When the visitor follows "FACTURATION"
    Then the account's page says "Contact de facturation"
    And the account's page says "E-mail de facturation *"
    When the visitor gives the billing email "compta@salon.example"
    Then the account's page says "Modifications enregistrées."
    When the visitor follows "ORGANISATION"
    Then the account's page says "Organisation vérifiée à 45 %"

  @A3
  Scenario: Everything is given
    Given the visitor has registered
    When the visitor completes the organisation with the phone "0611111111" and the SIREN "732829320"
    And the visitor follows "FACTURATION"
    And the visitor gives the billing email "compta@salon.example"
    And the visitor follows "ORGANISATION"
    Then the account's page says "Organisation vérifiée à 100 %"
    And the account's page says "Toutes les étapes sont complétées"

  @A3
  Scenario Outline: What a billing email cannot be
    Given the visitor has registered
    When the visitor follows "FACTURATION"
    And the visitor gives the billing email "<email>"
    Then the account's page says "<message>"
    When the visitor follows "ORGANISATION"
    Then the account's page says "Organisation vérifiée à 20 %"

    Examples:
      | email  | message                         |
      |        | Ce champ est obligatoire.       |
      | compta | Cette adresse n'est pas valide. |
