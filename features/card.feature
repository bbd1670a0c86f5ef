Feature: The card on the contact record

  Background:
    Given a furnished world

  @E1
  Scenario: A contact to whom nobody has written yet
    When the marketer opens the contact record
    Then the card shows "Aucun SMS échangé avec ce contact"
    And the card's buttons are "Envoyer un SMS", "Éditer les modèles" and "SMS non reçu ?"

  @E1
  Scenario: The last five SMS of both channels, with their statuses and the replies
    When an SMS "Un" goes out as "SMS Promotionnel"
    And an SMS "Deux" goes out as "SMS Notification"
    And an SMS "Trois" goes out as "SMS Promotionnel"
    And an SMS "Quatre" goes out as "SMS Notification"
    And the phone replies "Bien reçu !"
    And 10 seconds pass
    And an SMS "Cinq" goes out as "SMS Promotionnel"
    And the marketer opens the contact record
    Then the card lists, newest first
      | message               | status                  | type             |
      | Cinq STOP 36034       | Reçu                    | SMS Promotionnel |
      | Bien reçu !           | Réponse du destinataire | SMS Notification |
      | Quatre                | Reçu                    | SMS Notification |
      | Trois STOP 36034      | Reçu                    | SMS Promotionnel |
      | Deux                  | Reçu                    | SMS Notification |
    And the card counts 6 SMS in all

  @E1
  Scenario: A contact that was merged with another has the SMS of both
    When an SMS "Un" goes out as "SMS Notification"
    And the phone replies "Bien reçu !"
    And 10 seconds pass
    And the contact is merged with another
    And 1 minute passes
    And an SMS "Deux" goes out as "SMS Notification"
    And the marketer opens the contact record
    Then the card lists, newest first
      | message     | status                  | type             |
      | Deux        | Reçu                    | SMS Notification |
      | Bien reçu ! | Réponse du destinataire | SMS Notification |
      | Un          | Reçu                    | SMS Notification |

  @E1
  Scenario: What smsmode knows of the phone
    When a visitor is enrolled
    And 10 seconds pass
    And the phone replies "STOP"
    And 10 seconds pass
    And the marketer opens the contact record
    Then the card's "Statut du téléphone pour smsmode" is "Refus des SMS promotionnels"
    And the card's first SMS reads "Opt-out demandé"

  @E1
  Scenario: HubSpot shows the card on the record, and opens its window
    When an SMS "Bonjour" goes out as "SMS Notification"
    Then the record shows the card "smsmode" with the SMS "Bonjour"
    When the marketer presses the record's button "Envoyer un SMS"
    And the marketer sends "Votre badge" as "SMS Notification"
    And 10 seconds pass
    Then the phone has received "Votre badge"

  @E1
  Scenario: HubSpot carries the requests of a UI extension
    When the extension asks HubSpot to send "Bonjour"
    And 10 seconds pass
    Then the phone has received "Bonjour"

  @E1
  Scenario Outline: Whoever is not HubSpot sees nothing
    When somebody fetches the card <how>
    Then the card is refused with <status>, "<code>"

    Examples:
      | how                              | status | code              |
      | without a signature              | 401    | bad_signature     |
      | with another secret              | 401    | bad_signature     |
      | with a signature of 10 minutes   | 401    | bad_signature     |
      | for an account without the app   | 404    | unknown_account   |
      | without naming a contact         | 400    | malformed_request |

  @E1
  Scenario: The card of a UI extension is told the same
    When an SMS "Bonjour" goes out as "SMS Notification"
    And the extension asks for the summary
    Then the extension is told of the SMS "Bonjour" with the status "Reçu"
    And it is told three links and the contact's phone

  @E1
  Scenario Outline: An extension that is not ours, or not signed as it must be
    When the extension asks for the summary <how>
    Then the card is refused with <status>, "<code>"

    Examples:
      | how                            | status | code              |
      | without a signature            | 401    | bad_signature     |
      | with a signature of version 2  | 401    | bad_signature     |
      | as another app                 | 400    | malformed_request |
      | naming two accounts            | 400    | malformed_request |

  @E2
  Scenario: Sending from the record
    When the marketer presses "Envoyer un SMS" on the card
    Then the page shows the form of the action
    When the marketer sends "Bonjour $prenom" as "SMS Notification"
    Then the page says "Le SMS part maintenant."
    When 10 seconds pass
    Then the phone has received 1 SMS
    And the timeline shows, newest first
      | header                                 |
      | Statut du SMS [Reçu] transmis le …     |
      | Statut du SMS [Transmis] transmis le … |
    When the marketer opens the contact record
    Then the card's first SMS reads "Reçu"

  @E2
  Scenario: A reply shows on the record and on the card
    When the marketer presses "Envoyer un SMS" on the card
    And the marketer sends "Bonjour" as "SMS Promotionnel"
    And 10 seconds pass
    And the phone replies "Bien reçu !"
    And 10 seconds pass
    Then the newest timeline event reads "SMS MO [Bien reçu !] reçu à …"
    When the marketer opens the contact record
    Then the card's first SMS reads "Réponse du destinataire"

  @E2
  Scenario: A template fills the text in one click
    Given the template "Rappel" says "Bonjour $prenom, à demain !"
    When the marketer presses "Envoyer un SMS" on the card
    And the marketer presses "Rappel"
    Then the text of the form is "Bonjour $prenom, à demain !"

  @E2
  Scenario: The preview shows the SMS as it will be received, and what it costs
    Given a contact "Jean-Philippe" "MARTIN"
    When the marketer presses "Envoyer un SMS" on the card
    And the form asks for a preview of "Bonjour $prenom $nom, ça va ?" as "SMS Promotionnel"
    Then the preview shows "Bonjour Jean-Philippe MARTIN, ca va ? STOP 36xxx" and "48 caractères - 1 SMS"

  @E2 @C4
  Scenario: A token that nothing stands for is told before the SMS is sent
    Given a contact "" "MARTIN"
    When the marketer presses "Envoyer un SMS" on the card
    And the form asks for a preview of "Bonjour $prenom $zzz" as "SMS Notification"
    Then the preview remarks "$zzz : champ inconnu, envoyé tel quel. Seuls $nom et $prenom sont remplacés."
    And the preview remarks "$prenom : le contact n'en a pas, rien ne sera mis à la place."

  @E2
  Scenario: A contact who may not get promotions is told before anything is typed
    Given a contact who is not a marketing contact
    When the marketer presses "Envoyer un SMS" on the card
    Then the page says "Le contact n'est pas un contact marketing"
    When the form asks for a preview of "Votre badge" as "SMS Notification"
    Then the preview remarks nothing

  @E2 @C6
  Scenario: Characters that the encoding replaces are told before the SMS is sent
    When the marketer presses "Envoyer un SMS" on the card
    And the form asks for a preview of "À la forêt 🎉" as "SMS Notification"
    Then the preview remarks "Remplacés par l'encodage standard : À → A, ê → e, 🎉 → ?. L'Unicode les garde, en 1 SMS aussi."

  @E2 @C5
  Scenario: The mention of a promotional SMS stands ticked from the start
    When the marketer presses "Envoyer un SMS" on the card
    Then the box of the mention is ticked, and cannot be unticked
    And the page says "Obligatoire, et toujours ajoutée, pour un SMS Promotionnel."
    When the marketer asks for a preview as "SMS Notification"
    Then the box of the mention is free
    And the page says "7 caractères - 1 SMS"

  @E2
  Scenario: HubSpot out of reach loses nothing of what was typed
    When the marketer presses "Envoyer un SMS" on the card
    And the way to HubSpot is cut
    And the marketer sends "Bonjour $prenom" as "SMS Notification"
    Then the page says "Le SMS n'est pas parti, et rien n'est perdu de ce que vous avez écrit."
    And the page says "HubSpot n'a pas répondu"
    And the text of the form is "Bonjour $prenom"
    When the way to HubSpot is open again
    And the marketer sends "Bonjour" as "SMS Notification"
    And 10 seconds pass
    Then the phone has received 1 SMS

  @E2 @C4
  Scenario: An extension is told the same
    When the extension asks for a preview of "Bonjour $zzz" as "promotional"
    Then the preview shows "Bonjour $zzz STOP 36xxx", 23 characters and 1 SMS
    And the preview remarks "$zzz : champ inconnu, envoyé tel quel. Seuls $nom et $prenom sont remplacés."

  @E2
  Scenario: Pressed twice, sent once
    When the marketer presses "Envoyer un SMS" on the card
    And the marketer sends "Bonjour" as "SMS Notification" and presses again
    And 10 seconds pass
    Then the phone has received 1 SMS

  @E2
  Scenario Outline: What is wrong is said beside its field, and what was typed is kept
    When the marketer presses "Envoyer un SMS" on the card
    And the marketer sends "<text>" as "<kind>" from "<sender>"
    Then the field "<field>" says "<message>"
    And nothing was debited

    Examples:
      | text      | kind             | sender        | field  | message                          |
      | Bonjour   | SMS Promotionnel | trop long ici | sender | L'émetteur compte 1 à 11 lettres |
      |           | SMS Notification |               | text   | Le texte du SMS est vide         |

  @E2
  Scenario: The same refusals as the workflow's
    Given a contact who is not a marketing contact
    When the marketer presses "Envoyer un SMS" on the card
    And the marketer sends "Promotion !" as "SMS Promotionnel"
    Then the field "type" says "n'est pas un contact marketing"
    And the text of the form is "Promotion !"
    And the phone has received 0 SMS

  @E2
  Scenario: A recipient who answered STOP
    When a visitor is enrolled
    And 10 seconds pass
    And the phone replies "STOP"
    And 10 seconds pass
    And the marketer presses "Envoyer un SMS" on the card
    And the marketer sends "Promotion !" as "SMS Promotionnel"
    Then the field "type" says "a refusé les SMS promotionnels (STOP)"
    When the marketer sends "Votre badge" as "SMS Notification"
    And 10 seconds pass
    Then the phone has received "Votre badge"

  @E2
  Scenario: A number that cannot receive SMS is told before anything is typed
    Given a contact whose phone is "01 99 00 12 34"
    When the marketer presses "Envoyer un SMS" on the card
    Then the field "to" says "ne peut pas recevoir de SMS"

  @B5 @E2
  Scenario: A form that was open when the app was uninstalled sends nothing
    When the marketer presses "Envoyer un SMS" on the card
    And the marketer uninstalls the app
    And the marketer sends "Bonjour" as "SMS Notification"
    Then the page says "L'application n'est plus connectée à ce compte HubSpot : installez-la de nouveau."
    When 10 seconds pass
    Then nothing was debited

  @E2
  Scenario: The form is given up
    When the marketer presses "Envoyer un SMS" on the card
    And the marketer presses "Annuler"
    Then the window closes with "CANCEL"
    And the phone has received 0 SMS

  @E2
  Scenario Outline: A link that does not let one in
    When the marketer opens a link to the form that <fault>
    Then the page says "<message>"

    Examples:
      | fault                   | message                                        |
      | was tampered with       | Ce lien ne vient pas de la carte smsmode       |
      | is for the templates    | Ce lien ne vient pas de la carte smsmode       |
      | is two hours old        | Cette page est restée ouverte trop longtemps   |

  @E2
  Scenario: An extension sends, once for each request that it means
    When the extension sends "Bonjour" with the request id "request-1" twice
    And 10 seconds pass
    Then the phone has received 1 SMS
    When the extension sends "" with the request id "request-2"
    Then the card is refused with 422, "empty_text"
    And the refusal stands beside "text"

  @E2
  Scenario: In English
    Given the marketer reads English
    When the marketer presses "Envoyer un SMS" on the card
    Then the page says "Send an SMS"
    When the marketer sends "" as "SMS Notification"
    Then the field "text" says "The SMS has no text: write a message."

  @E3
  Scenario: Templates live with the installation, and smsmode is told nothing of them
    Given the template "Rappel" says "Bonjour $prenom, à demain !"
    And a contact "Ada" "BERNARD"
    When the marketer presses "Éditer les modèles" on the card
    Then the page offers the template "Rappel"
    And smsmode was asked for nothing

  @E3
  Scenario: Templates stay with the account when the app is uninstalled and installed again
    Given the template "Rappel" says "Bonjour $prenom, à demain !"
    When the marketer uninstalls the app
    And the operator has given the account its install link
    And the marketer installs the app
    Then the saved templates are "Rappel"

  @E4
  Scenario: A new template is added to the list, and saved only at the end
    When the marketer presses "Éditer les modèles" on the card
    And the marketer writes the template "Renouvellement Contrat" saying "Bonjour $prenom $nom, penser au renouvellement de votre contrat"
    Then the form asks to "Ajouter"
    When the marketer presses "Ajouter"
    Then the page offers the template "Renouvellement Contrat"
    And the page says "84 caractères - 1 SMS"
    And the page says "(Ajout STOP (11 car))"
    And the page says "Rien n'est enregistré avant « Sauver et Quitter »."
    And no template is saved
    When the marketer presses "Sauver et Quitter"
    Then the window closes with "DONE"
    And the saved templates are "Renouvellement Contrat"

  @E4
  Scenario: The button is called after the template, whose names will be replaced
    When the marketer presses "Éditer les modèles" on the card
    Then the page says "$nom et $prenom seront remplacés"
    When the marketer writes the template "Renouvellement Contrat" saying ""
    And the marketer presses "Ajouter"
    Then the form asks to "Ajouter Renouvellement Contrat"

  @E4
  Scenario: The mention in the counter
    When the marketer presses "Éditer les modèles" on the card
    And the form asks for a preview of "Bonjour $prenom $nom, penser au renouvellement de votre contrat" with STOP
    Then the preview's counter is "95 caractères - 1 SMS"

  @E4
  Scenario Outline: A template that cannot be kept
    When the marketer presses "Éditer les modèles" on the card
    And the marketer writes the template "<name>" saying "<text>"
    And the marketer presses "Ajouter"
    Then the field "<field>" says "<message>"
    And no template is saved

    Examples:
      | name   | text    | field | message                     |
      |        | Bonjour | name  | Donnez un nom au modèle.    |
      | Rappel |         | text  | Le modèle est vide          |

  @E5
  Scenario: Choosing a template fills the form and names the buttons
    Given the template "Rappel" says "À demain !"
    When the marketer presses "Éditer les modèles" on the card
    And the marketer presses "Rappel"
    Then the text of the form is "À demain !"
    And the form asks to "Modifier Rappel"
    And the form asks to "Supprimer Rappel"

  @E5
  Scenario: Choosing another template loses nothing of what was typed
    Given the template "Rappel" says "À demain !"
    When the marketer presses "Éditer les modèles" on the card
    And the marketer writes the template "" saying "Votre badge est prêt."
    And the marketer presses "Rappel"
    Then the field "name" says "Donnez un nom au modèle."
    And the text of the form is "Votre badge est prêt."
    When the marketer writes the template "Badge" saying "Votre badge est prêt."
    And the marketer presses "Rappel"
    Then the text of the form is "À demain !"
    And the page says "Modèle ajouté à la liste."
    When the marketer writes the template "Rappel" saying "À lundi !"
    And the marketer presses "Badge"
    Then the text of the form is "Votre badge est prêt."
    And the page says "Modèle modifié dans la liste."
    When the marketer presses "Rappel"
    Then the text of the form is "À lundi !"

  @E5
  Scenario: Changing, deleting, and a changed name that makes a new template
    Given the template "Rappel" says "À demain !"
    When the marketer presses "Éditer les modèles" on the card
    And the marketer presses "Rappel"
    And the marketer writes the template "Rappel" saying "À lundi !"
    And the marketer presses "Modifier Rappel"
    And the marketer writes the template "Rappel du soir" saying "À ce soir !"
    And the marketer presses "Modifier Rappel"
    Then the page offers the template "Rappel"
    And the page offers the template "Rappel du soir"
    When the marketer presses "Rappel"
    And the marketer presses "Supprimer Rappel"
    And the marketer presses "Sauver et Quitter"
    Then the saved templates are "Rappel du soir"

  @E6
  Scenario: Cancelling drops all changes
    Given the template "Rappel" says "À demain !"
    When the marketer presses "Éditer les modèles" on the card
    And the marketer presses "Rappel"
    And the marketer presses "Supprimer Rappel"
    And the marketer presses "Annuler"
    Then the window closes with "CANCEL"
    And the saved templates are "Rappel"

  @E6
  Scenario: What stands in the form is saved too
    When the marketer presses "Éditer les modèles" on the card
    And the marketer writes the template "Rappel" saying "À demain !"
    And the marketer presses "Sauver et Quitter"
    Then the saved templates are "Rappel"

  @E6
  Scenario: Two people edit at once, and nothing is lost
    Given the template "Rappel" says "À demain !"
    When the marketer presses "Éditer les modèles" on the card
    And a colleague saves the template "Salon" saying "Merci de votre visite !"
    And the marketer writes the template "Badge" saying "Votre badge est prêt."
    And the marketer presses "Sauver et Quitter"
    Then the page says "a enregistré les modèles pendant que vous les éditiez"
    And the page says "Merci de votre visite !"
    And the saved templates are "Rappel, Salon"
    When the marketer presses "Reprendre Salon"
    And the marketer presses "Sauver et Quitter"
    Then the saved templates are "Rappel, Badge, Salon"

  @E6
  Scenario: An extension that saves over somebody else's is told so
    Given the template "Rappel" says "À demain !"
    When the extension saves templates that it read before
    Then the card is refused with 409, "stale_edit"
    And the saved templates are "Rappel"

  @D6
  Scenario: The five checks on the card
    Given a contact who is not a marketing contact
    When the marketer presses "SMS non reçu ?" on the card
    Then the page says "Le contact n'est pas un contact marketing"
    And the page says "Définir comme contact marketing"
    And the page says "Numéro saisi"
    When the extension asks for the checks
    Then the extension is told 5 checks, of which "consent" and "enrolment" are trouble
