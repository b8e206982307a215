# Planifications : scénarios, calcul, calendrier, publication, remplacements.
plan-list = Planification
plan-list-lead = Une planification propose toute une saison : quelles séances ouvrir, où, quand, avec qui et pour qui, à partir des parcours, des souhaits et des disponibilités. Rien n’est publié sans vous.
plan-new = Nouveau scénario
plan-new-lead = Le calcul part de la demande réelle de la saison. Ce qui existe déjà (séances, inscriptions) ne bouge pas. Laissez un champ vide pour garder la valeur habituelle.
plan-new-like = Essayer une variante
plan-name = Nom du scénario
plan-name-hint = Par exemple : tous les lieux, ou sans le mercredi.
plan-names = Noms
plan-from = Séances à partir du
plan-until = Jusqu’au
plan-without-sites = Lieux à laisser de côté
plan-without-sites-hint = Aucune nouvelle séance n’y sera proposée.
plan-extra = Formateurs en plus
plan-extra-hint = Pour voir ce qu’un renfort apporterait. Leurs séances seront créées sans formateur.
plan-extra-like = Mêmes savoir-faire et disponibilités que
plan-most-sessions = Nouvelles séances au plus
plan-most-sessions-hint = Vide : autant que nécessaire.
plan-minutes = Minutes de calcul
plan-minutes-hint = De 1 à 30. Vous pouvez arrêter à tout moment, le meilleur résultat est gardé.
plan-per-person = Séances par semaine pour une personne, au plus
plan-per-trainer = Séances par semaine pour un formateur, au plus
plan-morning = Début le matin
plan-afternoon = Début l’après-midi
plan-evening = Début le soir
plan-hours-hint = Trois heures au moins entre deux débuts. Un tiret (-) : jamais à ce moment.
plan-days-off = Jours sans séance
plan-days-off-hint = Une date par ligne : jours fériés, congés.
plan-near = Séances près de chez soi
plan-trainer-ways = Peu de route pour les formateurs
plan-few-sessions = Peu de séances
plan-filled = Groupes bien remplis
plan-same-level = Groupes de même niveau
plan-importance-low = Compte peu
plan-importance-usual = Compte normalement
plan-importance-high = Compte beaucoup
plan-stage = État
plan-stage-draft = Pas encore calculé
plan-stage-running = Calcul en cours
plan-stage-ready = Prêt à relire
plan-stage-failed = Calcul interrompu
plan-stage-published = Publié
plan-stage-undone = Publication retirée
plan-lead-draft = Ce scénario n’a pas encore été calculé.
plan-lead-running = Vous pouvez quitter cette page : le calcul continue.
plan-lead-ready = Relisez, ajustez si besoin, puis publiez. Personne n’est encore prévenu.
plan-lead-failed = Le meilleur résultat trouvé jusque-là est gardé. Vous pouvez reprendre le calcul à partir de là.
plan-lead-published = Les séances sont créées et les personnes ont été invitées à confirmer.
plan-lead-undone = Les séances ont été annulées et les personnes prévenues.
plan-lead-repair = Voici le plus petit changement trouvé. Rien n’est encore fait : relisez la liste avant d’appliquer.
plan-lead-applied = Les changements sont faits et les personnes prévenues.
plan-ended-asked = Vous avez arrêté le calcul : voici le meilleur résultat trouvé.
plan-ended-optimal = Il est prouvé qu’on ne peut pas faire mieux avec ces réglages.
plan-failed-silent = Le serveur s’est arrêté pendant le calcul.
plan-failed-broke = Le calcul s’est interrompu à cause d’une erreur. Si cela se répète, prévenez la personne qui s’occupe du serveur.
plan-progress = Avancement du calcul
plan-refreshes = La page se met à jour toutes les cinq secondes.
plan-stop = Arrêter et garder le meilleur
plan-stopping = L’arrêt est demandé, le meilleur résultat sera gardé.
plan-compute = Lancer le calcul
plan-compute-again = Recalculer à partir d’ici
plan-made = Créé le
plan-made-by = Par
plan-none = Aucune planification
plan-none-text = Créez un premier scénario : il part des parcours et des souhaits de la saison.
plan-figures = En chiffres
plan-figure-served = Personnes servies
plan-figure-complete = Parcours complets
plan-figure-missing = Ateliers non servis
plan-figure-opened = Séances à ouvrir
plan-figure-attendances = Places occupées
plan-figure-person-km = Kilomètres des personnes
plan-figure-trainer-km = Kilomètres des formateurs
plan-figure-of = sur { $n }
plan-objective = Coût total
plan-objective-of = Coût total : { $n }. Plus il est bas, mieux c’est : un atelier non servi vaut 100, une séance 30, un kilomètre 1, sauf réglage contraire.
plan-bound-of = Aucun plan ne peut descendre sous { $n }.
plan-note-existing = { $n ->
    [one] Une séance existe déjà : elle reste telle quelle, ses places libres peuvent être remplies.
   *[other] { $n } séances existent déjà : elles restent telles quelles, leurs places libres peuvent être remplies.
  }
plan-note-outside = { $n ->
    [one] Une inscription sort de l’ordinaire (deux le même jour, hors période) : elle est gardée, sans entrer dans le calcul.
   *[other] { $n } inscriptions sortent de l’ordinaire (deux le même jour, hors période) : elles sont gardées, sans entrer dans le calcul.
  }
plan-note-extra = { $n ->
    [one] Ce scénario ajoute un formateur, à trouver.
   *[other] Ce scénario ajoute { $n } formateurs, à trouver.
  }
plan-lacking = Ce qui manque, et pourquoi
plan-lacking-lead = Pour chaque groupe de personnes non servies, ce qui bloque et ce qui les aiderait.
plan-held = { $n ->
    [one] Une personne n’a pas « { $module } » :
   *[other] { $n } personnes n’ont pas « { $module } » :
  }
plan-held-near = { $n ->
    [one] Une personne près de { $site } n’a pas « { $module } » :
   *[other] { $n } personnes près de { $site } n’ont pas « { $module } » :
  }
plan-held-served = { $n ->
    [one] Lever cet obstacle servirait une personne.
   *[other] Lever cet obstacle servirait { $n } personnes.
  }
plan-cause-never = aucune date, aucun lieu ni aucun formateur ne leur convient, quel que soit le plan.
plan-cause-before = il leur manque d’abord « { $module } ».
plan-cause-no-trainer = aucun formateur n’a ce savoir-faire.
plan-cause-trainer = aucun formateur qui a ce savoir-faire n’est libre à ce moment{ $when }.
plan-cause-seats = les séances qui leur conviendraient sont complètes{ $when }.
plan-cause-room = toutes les salles sont prises{ $when }.
plan-cause-opening = le lieu est fermé à ce moment{ $when }.
plan-cause-distance = les places libres sont au moins { $km } km plus loin que ce qu’elles acceptent.
plan-cause-hours = elles ne sont pas disponibles quand c’est possible{ $when }.
plan-cause-weeks = leurs semaines sont déjà remplies par d’autres ateliers.
plan-cause-sessions = le nombre maximal de séances est atteint ({ $n }).
plan-cause-too-few = { $n ->
    [one] une seule d’entre elles peut venir à un même moment : trop peu pour un groupe.
   *[other] { $n } d’entre elles au plus peuvent venir au même moment : trop peu pour un groupe.
  }
plan-cause-several = plusieurs obstacles se cumulent.
plan-part-morning = matin
plan-part-afternoon = après-midi
plan-part-evening = soirée
plan-part-saturday = samedi
plan-people = Personnes
plan-people-see = Voir qui a quoi
plan-people-of = Personnes de « { $name } »
plan-people-lead = Ce que le plan donne à chaque personne de son parcours et de ses souhaits ; celles à qui il manque le plus en premier.
plan-people-none = Personne
plan-people-none-text = Personne n’a d’atelier à suivre dans ce plan.
plan-person = Personne
plan-wanted = Ateliers souhaités
plan-given = Prévus
plan-missing = Manquants
plan-missing-which = Lesquels manquent
plan-sessions = Séances du plan
plan-sessions-see = { $n ->
    [0] Voir le tableau complet, à exporter
    [one] Voir le tableau complet, à exporter (une de plus)
   *[other] Voir le tableau complet, à exporter ({ $n } de plus)
  }
plan-sessions-of = Séances de « { $name } »
plan-sessions-lead = Toutes les séances du plan, celles qui existent déjà comprises.
plan-sessions-none = Aucune séance
plan-sessions-none-text = Lancez le calcul pour obtenir un plan.
plan-session-state = État
plan-session-new = À ouvrir
plan-session-small = À ouvrir, petit groupe
plan-session-locked = Verrouillée
plan-session-exists = Existe déjà
plan-session-exists-text = Cette séance existe déjà : le plan peut remplir ses places libres, mais ne la déplace pas.
plan-session-exists-see = Voir la séance
plan-settings = Réglages
plan-trainer-extra = Formateur à trouver (comme { $like })
plan-board = Calendrier du plan
plan-board-lead = Faites glisser une séance vers une autre demi-journée : ce que cela change s’affiche aussitôt. Au clavier ou sans glisser, ouvrez la séance.
plan-board-fixed = Ce plan ne peut plus être ajusté.
plan-board-weighing = calcul…
plan-take-back = Annuler le dernier geste
plan-taken-back = Le dernier geste est annulé.
plan-back = Retour au plan
plan-move = Déplacer
plan-when = Demi-journée
plan-weigh = Voir ce que cela change
plan-lock = Verrouiller
plan-unlock = Déverrouiller
plan-locked-text = Cette séance est verrouillée : elle restera telle quelle si vous recalculez.
plan-now-locked = La séance est verrouillée.
plan-now-unlocked = La séance est déverrouillée.
plan-close = Ne pas ouvrir cette séance
plan-add = Ajouter une personne
plan-add-hint = Celles qui attendent cet atelier.
plan-remove = Retirer
plan-has-seat = déjà inscrite
plan-nobody = Personne n’est encore prévu ici.
plan-changed = C’est changé.
plan-stale = Quelqu’un a modifié ce plan entre-temps. Voici son état actuel : refaites votre geste.
plan-trial-possible = C’est possible
plan-trial-impossible = Ce n’est pas possible
plan-trial-do = Faire ce changement
plan-trial-same = Le coût total ne change pas.
plan-trial-worse = Le coût total augmente de { $n }.
plan-trial-better = Le coût total baisse de { $n }.
plan-trial-km = Route : { $n } km.
plan-trial-leaving = { $n ->
    [one] Perd sa place : { $names }.
   *[other] { $n } personnes perdent une place : { $names }.
  }
plan-broken-closed = { $name } est fermé à ce moment-là.
plan-broken-empty = Plus personne ne pourrait venir.
plan-broken-overfull = Il n’y a que { $name } places.
plan-broken-room = La salle est déjà prise à ce moment-là.
plan-broken-module = Le même atelier a déjà lieu à { $name } à ce moment-là.
plan-broken-skill = { $name } n’a pas ce savoir-faire.
plan-broken-trainer-away = { $name } n’est pas disponible à ce moment-là.
plan-broken-trainer-twice = { $name } anime déjà une séance à ce moment-là.
plan-broken-trainer-week = { $name } a déjà assez de séances cette semaine-là.
plan-broken-trainer-sites = { $name } est ailleurs ce jour-là.
plan-broken-not-wanted = { $name } ne suit pas cet atelier.
plan-broken-again = { $name } suit déjà cet atelier à une autre date.
plan-broken-person-away = { $name } n’est pas disponible à ce moment-là.
plan-broken-too-far = C’est trop loin pour { $name }.
plan-broken-too-often = { $name } viendrait trop souvent.
plan-broken-order = { $name } n’aurait pas suivi avant ce qui doit l’être.
plan-broken-too-many = Il y aurait plus de { $name } séances.
plan-broken-other = Une règle du plan ne serait plus respectée.
plan-compare = Comparer des scénarios
plan-compare-lead = De deux à quatre scénarios côte à côte. Le meilleur chiffre de chaque ligne est en gras.
plan-compare-which = Scénarios à comparer
plan-compare-hint = Quatre au plus.
plan-compare-go = Comparer
plan-compare-best = (le meilleur)
plan-compare-too-many = Seuls les quatre premiers sont montrés.
plan-terms = D’où vient le coût
plan-terms-lead = Deux scénarios aux réglages différents ne pèsent pas les choses de la même façon : comparez d’abord les chiffres du haut.
plan-term-missing-module = Ateliers non servis
plan-term-incomplete-path = Parcours incomplets
plan-term-person-km = Route des personnes
plan-term-trainer-km = Route des formateurs
plan-term-session = Séances
plan-term-underfill = Groupes trop petits
plan-term-level-spread = Niveaux mélangés
plan-term-change = Changements et préférences
plan-term-sum = Total
plan-changed-title = La saison a changé depuis ce calcul
plan-changed-text = Ce plan repose sur d’anciennes données, il ne peut pas être publié ainsi. Reprenez-le : le calcul repart de ce plan avec les données d’aujourd’hui.
plan-changed-site = { $n ->
    [one] Un lieu : { $names }.
   *[other] { $n } lieux : { $names }.
  }
plan-changed-trainer = { $n ->
    [one] Un formateur : { $names }.
   *[other] { $n } formateurs : { $names }.
  }
plan-changed-session = { $n ->
    [one] Une séance ou ses inscrits : { $names }.
   *[other] { $n } séances ou leurs inscrits : { $names }.
  }
plan-changed-person = { $n ->
    [one] Le parcours ou les disponibilités d’une personne : { $names }.
   *[other] Le parcours ou les disponibilités de { $n } personnes : { $names }.
  }
plan-renew = Reprendre avec les données d’aujourd’hui
plan-publish = Publier
plan-publish-see = Relire avant de publier
plan-publish-title = Publier ce plan
plan-publish-lead = Voici tout ce qui sera fait. Rien n’est encore créé, personne n’est encore prévenu.
plan-publish-sessions = { $n ->
    [one] Une séance sera créée
   *[other] { $n } séances seront créées
  }
plan-look-at = À vérifier
plan-days = Jours pour répondre
plan-days-hint = Passé ce délai, la place est libérée. De 1 à 30.
plan-left-out = Ces personnes ne pourront pas être invitées
plan-left-out-clash = { $name }, « { $module } » : inscription ailleurs à la même heure.
plan-left-out-late = { $name }, « { $module } » : la séance commence trop tôt pour attendre une réponse.
plan-left-out-full = { $name }, « { $module } » : plus de place libre.
plan-left-out-other = { $name }, « { $module } » : l’inscription n’est pas possible.
plan-published = { $seats ->
    [one] C’est publié : { $sessions } séances créées, une personne invitée à confirmer.
   *[other] C’est publié : { $sessions } séances créées, { $seats } places proposées.
  }
plan-published-before = Ce plan était déjà publié : rien n’a été refait.
plan-made-of = Séances créées : { $sessions }. Places proposées : { $seats }, dont { $answered } avec une réponse.
plan-undo = Retirer la publication
plan-undo-title = Retirer cette publication
plan-undo-lead = Possible tant que personne n’a répondu. Les séances créées sont annulées, les propositions retirées, et chaque personne est prévenue.
plan-undo-usual-reason = Nous devons revoir notre calendrier.
plan-undone = { $n ->
    [one] La publication est retirée, une personne est prévenue.
   *[other] La publication est retirée, { $n } personnes sont prévenues.
  }
plan-delete = Supprimer
plan-delete-title = Supprimer « { $name } » ?
plan-delete-text = Le plan disparaît avec ses ajustements. Rien d’autre ne change.
plan-deleted = Le plan est supprimé.
plan-repair-new = Remplacer, déplacer
plan-repair-lead = Un formateur est absent, un lieu ferme, une séance ne peut pas avoir lieu : Essor cherche le plus petit changement et vous montre, personne par personne, ce qui change et pourquoi.
plan-repair-what = Que se passe-t-il ?
plan-repair-trainer = Absence : { $name }
plan-repair-site = Lieu fermé : { $name }
plan-repair-session = Séance impossible : { $name }
plan-repair-from = Du
plan-repair-from-hint = Laissez les dates vides pour une séance.
plan-repair-until = Au
plan-apply = Appliquer ces changements
plan-apply-see = Relire avant d’appliquer
plan-apply-title = Appliquer ces changements
plan-apply-lead = Chaque changement avec sa raison, puis les courriels qui partiront. Rien n’est encore fait.
plan-apply-changes = { $n ->
    [0] Rien ne change
    [one] Un changement
   *[other] { $n } changements
  }
plan-apply-usual-reason = Un empêchement de dernière minute.
plan-applied = { $n ->
    [0] C’est fait, personne n’avait besoin d’être prévenu.
    [one] C’est fait, une personne est prévenue.
   *[other] C’est fait, { $n } personnes sont prévenues.
  }
plan-fate-cancelled = { $session } : annulée, aucune solution trouvée.
plan-fate-trainer = { $session } : animée par { $to }.
plan-fate-moved = { $session } : déplacée au { $to }.
plan-fate-opened = Nouvelle séance : { $to }, { $trainer }.
plan-seat-moved = { $name } : de « { $session } » à « { $to } » ({ $why }).
plan-seat-lost = { $name } perd sa place : { $session } ({ $why }).
plan-why-makes-room = pour faire de la place
plan-why-trainer = formateur absent
plan-why-site = lieu fermé
plan-why-session = séance impossible
plan-refused-nobody = Personne n’a d’atelier à suivre dans cette saison : il n’y a rien à planifier. Les demandes viennent des parcours et des souhaits.
plan-refused-nothing-affected = Aucune séance à venir n’est concernée.
plan-refused-busy = Un autre calcul est en cours : « { $name } ». Attendez sa fin ou arrêtez-le.
plan-refused-running = Ce plan est déjà en cours de calcul.
plan-refused-over = Un plan publié ne se recalcule pas : créez-en une variante.
plan-refused-unsound = Les données de la saison se contredisent : { $what }
plan-refused-delete = Un plan publié ou en cours de calcul ne se supprime pas.
plan-refused-not-adjustable = Ce plan ne peut pas être ajusté en ce moment.
plan-refused-broken = Ce changement n’est pas possible : une règle serait enfreinte.
plan-refused-no-step = Il n’y a aucun geste à annuler.
plan-refused-exists = Cette séance existe déjà : changez-la depuis sa propre page, où ses inscrits seront prévenus.
plan-refused-locked = Cette séance est verrouillée : déverrouillez-la d’abord.
plan-refused-changed = { $n ->
    [one] La saison a changé depuis ce calcul (un élément) : reprenez le plan avec les données d’aujourd’hui.
   *[other] La saison a changé depuis ce calcul ({ $n } éléments) : reprenez le plan avec les données d’aujourd’hui.
  }
plan-refused-not-publishable = Ce plan n’est pas prêt à être publié.
plan-refused-is-repair = Ce plan répare ce qui existe : appliquez-le plutôt.
plan-refused-no-repair = Ce plan n’est pas un remplacement.
plan-refused-nothing = Ce plan n’ouvre rien et n’invite personne : il n’y a rien à publier.
plan-refused-not-published = Seul un plan publié peut être retiré.
plan-refused-answered = { $n ->
    [one] Une personne a déjà répondu ou s’est inscrite : la publication ne peut plus être retirée. Annulez les séances une à une si besoin.
   *[other] { $n } personnes ont déjà répondu ou se sont inscrites : la publication ne peut plus être retirée. Annulez les séances une à une si besoin.
  }
