### Attestations de présence.

certificate-check = Vérifier une attestation
certificate-check-text = Le code est imprimé en bas de l’attestation, à côté du carré noir et blanc.
certificate-check-do = Vérifier
certificate-check-other = Vérifier une autre attestation
certificate-code = Code
certificate-code-hint = Par exemple ESS-7K3M-9QXT-2. Majuscules, espaces et tirets n’ont pas d’importance.
certificate-unknown = Nous ne trouvons pas d’attestation avec ce code. Comparez-le avec le papier, caractère par caractère. S’il est bien le même, demandez à la personne qui vous l’a remise.
certificate-valid = Cette attestation est authentique
certificate-not-valid = Cette attestation n’est plus valable
certificate-was-replaced = Une attestation plus récente l’a remplacée. Demandez la nouvelle à la personne.
certificate-was-revoked = Elle a été retirée par le programme.
certificate-was-erased = Elle a été retirée, et la personne a demandé l’effacement de ses données.
certificate-name = Nom
certificate-organisation = Entreprise ou collectivité
certificate-programme = Programme
certificate-hours = Durée suivie
certificate-in-sessions = { $count ->
    [one] en une séance
   *[other] en { $count } séances
  }
certificate-issued-on = Délivrée le
certificate-lines = Séances suivies

certificate-list = Attestations
certificate-list-lead = { $season } : les personnes venues au moins une fois, et où en est leur attestation.
certificate-figure-attended = personnes venues
certificate-figure-due = attestations à délivrer
certificate-figure-given = délivrées
certificate-give-all = { $count ->
    [one] Délivrer l’attestation qui manque
   *[other] Délivrer les { $count } attestations
  }
certificate-print-all = Tout imprimer (PDF)
certificate-search = Nom, entreprise ou code
certificate-season = Saison
certificate-state = État
certificate-state-due = À délivrer
certificate-state-outdated = Heures changées depuis
certificate-state-given = Délivrée
certificate-state-not-yet = Pas encore assez d’heures
certificate-sessions = Séances
certificate-minutes = Minutes suivies
certificate-actions = Actions
certificate-missing = Il manque
certificate-give = Délivrer
certificate-give-again = Délivrer la nouvelle
certificate-print = PDF
certificate-revoke = Retirer
certificate-no-season = Aucune saison
certificate-no-season-text = Les attestations se délivrent par saison. Créez d’abord une saison.
certificate-to-programmes = Voir les programmes
certificate-nobody = Personne n’est encore venu
certificate-nobody-text = Dès que des présences sont notées, les personnes apparaissent ici avec leurs heures.
certificate-given = L’attestation { $code } est délivrée.
certificate-given-all = { $count ->
    [0] Aucune nouvelle attestation.
    [one] Une attestation est délivrée.
   *[other] { $count } attestations sont délivrées.
  } Déjà à jour : { $unchanged }. Pas encore assez d’heures : { $later }.

certificate-revoke-title = Retirer cette attestation ?
certificate-revoke-text = Son code ne sera plus reconnu comme valable. La personne pourra en recevoir une autre.
certificate-reason = Pourquoi
certificate-reason-hint = Pour l’équipe seulement.
certificate-revoke-do = Retirer l’attestation
certificate-revoke-back = Revenir à la liste
certificate-revoked = L’attestation { $code } est retirée.

certificate-refused-unchanged = Cette personne a déjà une attestation qui dit ces heures.
certificate-refused-not-yet = Cette personne n’a pas encore suivi assez d’heures.
certificate-refused-none = Aucune attestation n’est encore délivrée pour cette saison.
certificate-refused-revoked = Cette attestation est déjà retirée.

certificate-kind = Ce qu’elle certifie
certificate-kind-attendance = La présence : les heures suivies, et non que le parcours a été suivi en entier
certificate-kind-success = La réussite : { $share } % du parcours suivis, le programme en demande { $asked } %
certificate-earns-attendance = Présence ({ $share } % du parcours)
certificate-earns-success = Réussite ({ $share } % du parcours)
certificate-share = Part du parcours suivie, en %
certificate-employer = Copie employeur
certificate-badge = Badge
