debrief-list = Bilans de fin de parcours
debrief-list-lead = Celles et ceux avec qui faire le point, ou avec qui c’est fait : { $season }. Dix minutes suffisent, sur place ou au téléphone.
debrief-search = Nom, commune ou structure
debrief-person = Personne
debrief-commune = Commune
debrief-sessions = Ateliers suivis
debrief-hours = Temps passé
debrief-last = Dernier atelier
debrief-due = Pourquoi maintenant
debrief-stage = Bilan
debrief-by = Mené par
debrief-organisation = Structure
debrief-phone = Téléphone
debrief-email = Courriel
debrief-needs = Besoins
debrief-season = Saison
debrief-season-now = Saison en cours
debrief-territory = Territoire
debrief-none = Aucun bilan à faire pour le moment
debrief-none-text = Une personne apparaît ici quand son parcours est terminé, quand son dernier atelier est passé ou quand la saison est finie.
debrief-due-complete = Parcours terminé
debrief-due-over = Saison terminée
debrief-due-past = Dernier atelier passé
debrief-due-none = Encore en chemin
debrief-stage-finished = Terminé
debrief-stage-draft = Commencé
debrief-stage-due = À faire

debrief-of = Bilan avec { $name }
debrief-at-hand = Sous la main
debrief-path = Son parcours
debrief-no-path = Pas de parcours pour cette saison.
debrief-step-attended = Suivi
debrief-step-booked = Inscrit
debrief-step-full = Complet
debrief-step-absent = Pas de date
debrief-step-proposed = Proposé
debrief-attended = Ateliers suivis : { $hours }
debrief-no-session = Aucun atelier suivi cette saison.
debrief-wishes = Ses souhaits sans réponse
debrief-answered = Ses réponses au questionnaire
debrief-lack-module = Quels ateliers du catalogue ont manqué ?
debrief-lack-module-n = Atelier { $n }
debrief-lack-words = Quels autres sujets ont manqué ?
debrief-lack-words-n = Sujet { $n }, avec les mots de la personne
debrief-weight-n = Importance, ligne { $n }
debrief-weight-1 = Un peu
debrief-weight-2 = Assez
debrief-weight-3 = Beaucoup
debrief-nothing = Aucun
debrief-why = Pourquoi, si c’est abandonné : { $module }
debrief-nothing-taken = Aucun atelier suivi cette saison : rien à demander ici.
debrief-use-weekly = Sert chaque semaine
debrief-use-sometimes = Sert parfois
debrief-use-not-yet = Pas encore essayé
debrief-use-gave-up = Abandonné
debrief-save-draft = Garder et continuer plus tard
debrief-finish = Terminer le bilan
debrief-save = Enregistrer les changements
debrief-kept = C’est gardé. Vous pouvez reprendre quand vous voulez.
debrief-finished = Le bilan est enregistré. Imprimez ou envoyez la page à emporter.
debrief-print = Imprimer la page à emporter
debrief-send = Envoyer la page par courriel
debrief-sent = La page est envoyée.
debrief-sent-not = Rien n’est parti : pas d’adresse, ou cette page est déjà envoyée.
debrief-no-email = Pas d’adresse électronique : imprimez la page.
debrief-stale = Quelqu’un d’autre a écrit dans ce bilan entre-temps. Ce que vous avez saisi est gardé ci-dessous ; voici ce qui est enregistré et qui diffère. Enregistrer remplace.
debrief-wrong-many = Douze lignes au plus.
debrief-refused-draft = Ce bilan n’est pas terminé : il n’y a pas encore de page à emporter.

debrief-home = Mon bilan
debrief-home-open = Ouvrir mon bilan
debrief-home-lead = { $sessions ->
    [one] { $season } : un atelier, { $hours }.
   *[other] { $season } : { $sessions } ateliers, { $hours }.
  }
debrief-home-next = Ce que j’ai décidé de faire
debrief-home-did = Ce que j’ai fait, ce que j’utilise
debrief-home-missing = Ce qui m’a manqué
debrief-home-contact = À qui demander
debrief-home-made = Bilan du { $day }.
debrief-home-back = Retour à mon espace

debrief-missing = Ce qui a manqué
debrief-missing-lead = D’après les bilans et les souhaits sans réponse : { $season }. Une personne compte une seule fois par sujet.
debrief-missing-lead-few = D’après les bilans et les souhaits sans réponse : { $season }. Pour que personne ne soit reconnu, aucun nombre inférieur à cinq n’est montré.
debrief-missing-search = Sujet
debrief-missing-none = Rien n’a manqué, ou rien n’est encore dit
debrief-missing-none-text = Les bilans et les souhaits remplissent cette page.
debrief-what = Sujet
debrief-kind = Sorte
debrief-kind-module = Atelier du catalogue
debrief-kind-subject = Sujet regroupé
debrief-kind-words = Mots d’une personne
debrief-people = Personnes
debrief-weight = Importance
debrief-where = D’où
debrief-everywhere = De toutes les communes
debrief-more-places = { $n ->
    [one] une autre commune
   *[other] { $n } autres communes
  }
debrief-few = Moins de 5
debrief-nowhere = Commune inconnue
debrief-elsewhere = Autres communes : { $people }
debrief-propose = Proposer pour la saison suivante
debrief-propose-lead = Un clic en fait une proposition. Pour un atelier du catalogue, chaque personne est aussitôt comptée dans la saison suivante.
debrief-proposed = C’est proposé. Décidez quand vous voulez ; celles et ceux qui l’ont demandé seront prévenus.

debrief-group = Regrouper des mots
debrief-group-words = Les mots à mettre ensemble
debrief-group-hint = Cochez tout ce qui parle de la même chose.
debrief-group-none = Tous les mots sont déjà regroupés.
debrief-group-subject = Dans un sujet qui existe
debrief-group-title = Ou dans un nouveau sujet
debrief-group-title-hint = Son nom, sans celui de quelqu’un : il sera écrit à celles et ceux qui l’ont demandé.
debrief-grouped = C’est regroupé.
debrief-subject = Voir les mots
debrief-subject-people = Combien de personnes, et proposer
debrief-subject-words = Les mots
debrief-subject-empty = Aucun mot dans ce sujet.
debrief-subject-parts = Sujets réunis à celui-ci
debrief-subject-no-parts = Aucun autre sujet n’y est réuni.
debrief-take-out = Sortir du sujet
debrief-taken-out = Ces mots ne sont plus dans le sujet.
debrief-merge = Réunir à un autre sujet
debrief-merge-into = Le sujet qui reste
debrief-merge-hint = Cela peut se défaire.
debrief-merged = Les deux sujets sont réunis.
debrief-split = Séparer
debrief-split-done = Le sujet est de nouveau à part.
debrief-refused-merge = Ces deux sujets ne peuvent pas être réunis.

debrief-proposals = Propositions d’ateliers
debrief-proposals-lead = Nées de ce qui a manqué : { $season }.
debrief-proposals-none = Aucune proposition pour le moment
debrief-proposals-none-text = Ouvrez un sujet de « Ce qui a manqué » et proposez-le.
debrief-proposal-stage = Décision
debrief-proposal-proposed = Proposé
debrief-proposal-taken-up = Retenu
debrief-proposal-declined = Non retenu
debrief-proposal-since = Proposé le
debrief-proposal-told = Annoncé le
debrief-proposal-why = Pourquoi (pour l’équipe)
debrief-proposal-why-hint = Ce qui plaide pour cet atelier : qui, où, quand.
debrief-proposal-reason = Réponse à celles et ceux qui l’ont demandé
debrief-proposal-reason-hint = Une ou deux phrases, telles qu’elles seront lues. Nécessaire si ce n’est pas retenu.
debrief-decide = Décider
debrief-next = Pour la saison
debrief-next-none = Pas encore de saison suivante
debrief-report = Compter dans la saison suivante
debrief-reported = Celles et ceux qui l’ont demandé sont comptés dans la saison suivante.
debrief-refused-no-next = Il n’y a pas encore de saison suivante : créez-la d’abord.
debrief-askers = Qui l’a demandé
debrief-askers-none = Plus personne : les fiches ont été effacées.
debrief-counted = Compté dans la saison suivante
debrief-counted-yes = Oui
debrief-counted-no = Non
debrief-announce = Prévenir
debrief-announce-of = Prévenir : { $title }
debrief-announce-lead = { $people ->
    [0] Personne n’a d’adresse électronique.
    [one] Une personne recevra cette lettre, une seule fois.
   *[other] { $people } personnes recevront cette lettre, chacune une seule fois.
  }
debrief-announce-told = Déjà annoncé le { $day } : seules les personnes arrivées depuis la recevront.
debrief-announce-call = À prévenir de vive voix
debrief-announce-send = Envoyer les lettres
debrief-told = { $letters ->
    [0] Tout le monde était déjà prévenu.
    [one] Une lettre est prête à partir.
   *[other] { $letters } lettres sont prêtes à partir.
  }
debrief-refused-undecided = Décidez d’abord si c’est retenu.
