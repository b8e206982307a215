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
