### Présence aux séances, pages des formateurs.

attendance-days = Mes séances
attendance-today = Aujourd’hui
attendance-none-today = Vous n’avez pas de séance aujourd’hui.
attendance-unclosed = Listes à terminer
attendance-unclosed-text = Ces séances sont passées. Indiquez qui est venu, puis terminez la liste.
attendance-coming = À venir
attendance-none-coming = Aucune séance n’est prévue pour l’instant.
attendance-closed = Séances terminées
attendance-no-session = Aucune séance pour vous
attendance-no-session-text = Vos séances apparaîtront ici dès que la coordination vous en aura confié une.
attendance-seats = { $placed ->
    [0] Personne n’est inscrit pour { $capacity } places
    [one] { $placed } personne inscrite pour { $capacity } places
   *[other] { $placed } personnes inscrites pour { $capacity } places
  }
attendance-stage-gathering = En attente d’inscriptions
attendance-stage-confirmed = Confirmée
attendance-stage-held = Terminée
attendance-stage-cancelled = Annulée

attendance-list = Qui est là ?
attendance-count = { $unmarked ->
    [0] { $total ->
        [one] Une personne, c’est noté.
       *[other] { $total } personnes, tout est noté.
      }
    [one] { $total ->
        [one] Une personne, encore à noter.
       *[other] { $total } personnes, une encore à noter.
      }
   *[other] { $total } personnes, { $unmarked } encore à noter.
  }
attendance-not-open = Vous pourrez noter les présences une demi-heure avant le début.
attendance-all-present = { $count ->
    [one] La personne restante est présente
   *[other] Tous présents ({ $count })
  }
attendance-all-done = { $count ->
    [0] Tout le monde était déjà noté.
    [one] Une personne est notée présente.
   *[other] { $count } personnes sont notées présentes.
  }
attendance-mark-none = À noter
attendance-mark-present = Présent
attendance-mark-late = En retard
attendance-mark-left-early = Parti avant la fin
attendance-mark-absent = Absent
attendance-mark-excused = Excusé
attendance-part-only = En retard ou parti avant la fin
attendance-minutes = Minutes manquées
attendance-attended = A suivi
attendance-first = Vient pour la première fois
attendance-needs = Besoin d’aide :
attendance-missing = N’a pas suivi { $modules } : un petit rappel sera utile.
attendance-walked-in = Venu sans inscription
attendance-level-0 = Niveau : n’a presque jamais utilisé d’ordinateur
attendance-level-1 = Niveau : un peu de pratique
attendance-level-2 = Niveau : à l’aise
attendance-level-3 = Niveau : expérimenté
attendance-nobody = Personne n’est inscrit
attendance-nobody-text = Si quelqu’un se présente, ajoutez-le avec « Quelqu’un d’autre est venu ».

attendance-walk-in = Quelqu’un d’autre est venu
attendance-walk-in-text = La personne est ajoutée à la liste et notée présente.
attendance-walk-in-add = Ajouter et noter présent
attendance-walk-in-done = { $name } est sur la liste, présent.
attendance-name = Prénom et nom
attendance-phone = Téléphone
attendance-email = Courriel
attendance-organisation = Entreprise, ferme ou mairie

attendance-earlier = Notes des séances précédentes
attendance-notes = Notes de cette séance
attendance-note = Votre note
attendance-note-hint = Pour la personne qui animera cet atelier la prochaine fois : matériel, rythme, questions posées. Rien de personnel sur les participants.
attendance-note-add = Enregistrer la note
attendance-note-done = La note est enregistrée.
attendance-parts = Déroulement
attendance-part-input = Apport
attendance-part-hands-on = Pratique
attendance-part-evaluation = Évaluation
attendance-part-exchange = Pause et échanges
attendance-equipment = Matériel nécessaire
attendance-phones = Qui appeler
attendance-paper = Feuille d’émargement à imprimer

attendance-close = Terminer la liste
attendance-close-title = Terminer la liste ?
attendance-close-unmarked = { $count ->
    [one] Une personne n’est pas encore notée :
   *[other] { $count } personnes ne sont pas encore notées :
  }
attendance-close-ready = Tout le monde est noté.
attendance-close-text = La séance sera enregistrée comme ayant eu lieu. Vous pourrez encore corriger une présence ensuite.
attendance-close-absent = { $count ->
    [one] La noter absente et terminer
   *[other] Les noter absentes et terminer
  }
attendance-close-back = Revenir à la liste
attendance-closed-done = La liste est terminée. Merci !
attendance-is-closed = Cette liste est terminée. Une erreur peut encore être corrigée.

attendance-error-too-early = Il est trop tôt : les présences se notent à partir d’une demi-heure avant le début.
attendance-error-cancelled = Cette séance est annulée : il n’y a pas de présence à noter.
attendance-error-missed-too-much = La séance dure { $minutes } minutes : on ne peut pas en manquer plus.
attendance-error-stale = Quelqu’un d’autre vient de noter cette personne autrement. Regardez ce qui est noté maintenant, puis corrigez si besoin.
attendance-refused-not-begun = La séance n’a pas encore commencé.
attendance-refused-over = La liste est déjà terminée, ou la séance est annulée.
attendance-refused-unmarked = { $count ->
    [one] Une personne n’est pas encore notée.
   *[other] { $count } personnes ne sont pas encore notées.
  }

## Sans réseau : l’application du formateur.

attendance-app-title = Présences sans réseau
attendance-app-short = Présences
attendance-app-open-app = Préparer cet appareil pour travailler sans réseau
attendance-app-no-script = Cette page a besoin de scripts, que votre navigateur n’exécute pas.
attendance-app-start = Pas de réseau dans la salle ? Préparez cet appareil ici : il garde vos listes du jour, et vous notez les présences toute la journée sans réseau.
attendance-app-start-code = Vous choisissez un code. Il sera demandé à chaque ouverture.
attendance-app-start-lost = Les listes ne montrent que les noms et les besoins. Elles s’effacent à la fin de la journée.
attendance-app-start-send = Ce que vous notez part tout seul dès que le réseau revient.
attendance-app-device-name = Nom de cet appareil
attendance-app-device-usual = Ma tablette
attendance-app-code = Votre code
attendance-app-code-new = Code
attendance-app-code-hint = Au moins 6 caractères, que vous retiendrez. Personne ne peut le retrouver à votre place.
attendance-app-code-again = Le même code, encore une fois
attendance-app-code-short = Le code doit avoir au moins 6 caractères.
attendance-app-code-differs = Les deux codes ne sont pas les mêmes.
attendance-app-code-wrong = { $count ->
    [one] Ce n’est pas le bon code. Encore un essai avant que les listes s’effacent.
   *[other] Ce n’est pas le bon code. Essais avant que les listes s’effacent : { $count }.
  }
attendance-app-code-gone = Trop d’essais : les listes sont effacées. Ce qui n’est pas encore envoyé reste ici, protégé par votre code.
attendance-app-prepare = Préparer cet appareil
attendance-app-preparing = Préparation en cours…
attendance-app-prepare-again = Reprendre les listes du jour
attendance-app-prepare-offline = Le serveur ne répond pas. Il faut du réseau pour préparer l’appareil.
attendance-app-prepare-sign-in = Connectez-vous d’abord, puis revenez à cette page.
attendance-app-sign-in = Se connecter
attendance-app-ready = L’appareil est prêt : il fonctionne maintenant sans réseau.
attendance-app-locked = Votre code
attendance-app-locked-text = L’appareil « { $name } » est verrouillé.
attendance-app-unlock = Ouvrir
attendance-app-unlocking = Ouverture…
attendance-app-forgotten = J’ai oublié mon code
attendance-app-wipe = Tout effacer de cet appareil
attendance-app-wipe-text = Les listes et le code seront effacés de cet appareil. Rien d’autre n’est perdu.
attendance-app-wipe-lost = { $count ->
    [one] Une marque n’est pas encore envoyée : elle sera perdue.
   *[other] { $count } marques ne sont pas encore envoyées : elles seront perdues.
  }
attendance-app-over = La journée est terminée
attendance-app-over-text = Les listes sont effacées de cet appareil. Ce que vous avez noté part dès qu’il y a du réseau, pendant sept jours.
attendance-app-send = Envoyer maintenant
attendance-app-online-page = Mes séances, en ligne
attendance-app-device = Cet appareil
attendance-app-lock = Verrouiller
attendance-app-open-list = Ouvrir la liste
attendance-app-all-lists = Toutes les séances du jour
attendance-app-kept = Noté.
attendance-app-too-old = Ce navigateur est trop ancien pour travailler sans réseau. Imprimez la feuille d’émargement.
attendance-app-conflict = Deux appareils ne disent pas la même chose. La page de la séance, en ligne, permet de choisir.
attendance-app-signed-screen = A signé sur l’écran.
attendance-app-waits = Pas encore envoyé
attendance-app-arrives = Arrive maintenant
attendance-app-leaves = Part maintenant
attendance-app-clear = Effacer
attendance-app-sign = Signer
attendance-app-sign-title = Signature de { $name }
attendance-app-sign-text = Signez dans le cadre, avec le doigt ou la souris.
attendance-app-sign-field = Cadre pour signer
attendance-app-sign-paper = La personne signe sur la feuille de papier
attendance-app-sign-missing = Signez dans le cadre, ou cochez la feuille de papier.
attendance-app-sign-done = Valider
attendance-app-sign-again = Recommencer
attendance-app-waiting = { $count ->
    [0] Tout est envoyé
    [one] 1 marque à envoyer
   *[other] { $count } marques à envoyer
  }
attendance-app-state-offline = Sans réseau · { $waiting }
attendance-app-state-refused = Envoi refusé · { $waiting }
attendance-app-missed = { $count ->
    [0] Rien de manqué
    [one] Une minute manquée
   *[other] { $count } minutes manquées
  }
attendance-app-open = { $count ->
    [0] Tout le monde est noté.
    [one] Une personne encore à noter.
   *[other] { $count } personnes encore à noter.
  }

attendance-devices = Appareils sans réseau
attendance-devices-text = Les tablettes et ordinateurs préparés pour noter les présences sans réseau. Un appareil perdu ? Retirez-le : il ne pourra plus rien envoyer, et effacera ses listes à sa prochaine connexion.
attendance-devices-none = Aucun appareil
attendance-devices-none-text = Les appareils apparaîtront ici une fois préparés, depuis « Mes séances ».
attendance-device-owner = Préparé par
attendance-device-since = Depuis le
attendance-device-seen = Dernier contact
attendance-device-state = État
attendance-device-state-today = Prêt pour aujourd’hui
attendance-device-state-sends = Listes effacées, peut encore envoyer
attendance-device-state-over = Terminé
attendance-device-state-off = Retiré
attendance-device-revoke = Retirer
attendance-device-revoked-done = L’appareil est retiré.
attendance-device-nothing = Vous n’avez pas de séance aujourd’hui : il n’y a rien à préparer.
attendance-device-unknown = Cet appareil n’est pas connu ici. Préparez-le à nouveau.
attendance-device-forged = La signature de l’appareil n’est pas la bonne : rien n’a été enregistré.
attendance-device-revoked = Cet appareil a été retiré : il ne peut plus rien envoyer.
attendance-device-expired = Le temps pour envoyer est passé. Connectez-vous et préparez l’appareil à nouveau : ce qui attend partira ensuite.
attendance-device-replayed = Cet envoi est déjà arrivé : rien n’a été enregistré une deuxième fois.
attendance-device-foreign = Cet envoi parle d’une séance que l’appareil n’a jamais eue : rien n’a été enregistré.
attendance-device-unreadable = Cet envoi ne peut pas être lu : rien n’a été enregistré.

attendance-conflicts = { $count ->
    [one] Pour une personne, deux appareils ne disent pas la même chose. Choisissez ce qui est juste.
   *[other] Pour { $count } personnes, deux appareils ne disent pas la même chose. Choisissez ce qui est juste.
  }
attendance-conflict-arrival = Deux appareils ne disent pas la même chose de son arrivée :
attendance-conflict-departure = Deux appareils ne disent pas la même chose de son départ :
attendance-conflict-presence = Un appareil dit qu’elle n’est pas venue, un autre le contraire :
attendance-conflict-keep = C’est juste
attendance-signature = Signature de { $name }
attendance-signed-paper = A signé sur la feuille de papier.
attendance-signed-screen = A signé sur l’écran à { $time }.
attendance-said-arrived = Arrivée
attendance-said-left = Départ
attendance-said-absent = Absence
attendance-said-excused = Absence excusée
attendance-said-cleared = Marque effacée
attendance-said-marked = Présence
attendance-said-added = Personne ajoutée
attendance-said-signed = Signature
attendance-said-noted = Note
attendance-said-quiz = Résultat d’un quiz
attendance-said-other = Message illisible
attendance-aside = Reçu, mais pas appliqué
attendance-aside-text = Un appareil a envoyé ceci, et ce n’était pas possible de le reporter sur la liste. Corrigez la liste si besoin.
attendance-aside-done = C’est réglé
attendance-aside-malformed = Ce message ne peut pas être lu.
attendance-aside-id-reused = Un autre message porte le même numéro.
attendance-aside-unknown-person = Cette personne n’est pas sur la liste.
attendance-aside-cancelled = La séance a été annulée.
attendance-aside-not-yours = La séance a été confiée à quelqu’un d’autre.
attendance-aside-too-early = C’était trop tôt avant la séance.
attendance-aside-invalid = Le nom ne peut pas être enregistré tel quel.
