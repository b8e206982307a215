# Séances : liste, calendrier, fiche, formulaires, tableau de bord, ce qu’il y a à faire.
session-list = Séances
session-list-lead = Toutes les dates, à venir d’abord. Cherchez un atelier, un lieu, une commune ou un formateur.
session-search = Atelier, lieu, formateur
session-none = Aucune séance
session-none-text = Créez la première.
session-new = Créer une séance
session-new-lead = Choisissez l’atelier, le lieu et l’heure. La durée et la taille du groupe viennent de l’atelier si vous ne les remplissez pas.
session-edit = Modifier la séance
session-one = La séance
session-season = Saison
session-module = Atelier
session-place = Lieu et salle
session-site = Lieu
session-room = Salle
session-commune = Commune
session-trainer = Formateur
session-no-trainer = Sans formateur
session-no-room = Sans salle
session-day = Date
session-starts = Début
session-ends = Fin
session-ends-hint = Vide : selon la durée de l’atelier.
session-least = Ouvre à partir de
session-least-hint = Nombre de personnes ; vide : selon l’atelier.
session-capacity = Places
session-capacity-hint = Vide : selon l’atelier et la salle.
session-public-note = Note affichée sur la page publique
session-stage = État
session-stage-gathering = En préparation
session-stage-confirmed = Confirmée
session-stage-held = A eu lieu
session-stage-cancelled = Annulée
session-opens-at = { $missing ->
    [one] Ouvre à { $least } : encore 1 personne
   *[other] Ouvre à { $least } : encore { $missing } personnes
}
session-full = Complète
session-placed = Inscrits
session-waiting = En attente
session-free = Places libres
session-upcoming = À venir
session-past = Passées
session-any-time = Toutes les dates
session-when = Période
session-conflict-room = La salle est déjà prise : { $other }.
session-conflict-trainer = Le formateur est déjà ailleurs : { $other }.
session-conflict-participant = { $person } est aussi à une autre séance : { $other }.
session-warning-past = Cette date est déjà passée.
session-warning-outside-season = Cette date n’est pas dans la saison.
session-warning-site-closed = Le lieu n’est pas ouvert d’habitude à cette heure.
session-warning-trainer-away = Le formateur n’est pas disponible d’habitude à cette heure.
session-warning-trainer-lacks = Compétences que le formateur n’a pas indiquées : { $missing }.
session-warning-room-lacks = Équipement que la salle n’a pas : { $missing }.
session-warning-room-too-small = { $room ->
    [one] La salle n’a qu’une place.
   *[other] La salle n’a que { $room } places.
}
session-warning-group-too-large = Cet atelier est prévu pour { $most } personnes au plus.
session-fault-ends-before-start = La séance finit avant de commencer.
session-fault-too-long = Une séance dure 12 heures au plus.
session-fault-seats = Le nombre de places doit être compris entre 1 et 500.
session-fault-least = Le nombre pour ouvrir doit être compris entre 1 et le nombre de places.
session-fault-room-too-small = La salle est trop petite.
session-refused-room-busy = La salle est déjà prise à cette heure. Choisissez une autre salle ou une autre heure, ou cochez la case pour garder quand même cette salle.
session-refused-trainer-busy = Le formateur est déjà ailleurs à cette heure. Choisissez quelqu’un d’autre ou une autre heure, ou cochez la case pour garder quand même ce choix.
session-refused-over = La séance a eu lieu ou est annulée : elle ne peut plus changer.
session-refused-not-begun = La séance n’a pas encore commencé.
session-refused-module-taken = Des personnes sont inscrites à cet atelier : on ne peut pas le remplacer par un autre. Annulez la séance et créez-en une autre.
session-preview-lead = Voici ce qui va se passer. Rien n’est encore enregistré.
session-preview-clashes = Deux choses en même temps
session-preview-warnings = À vérifier
session-preview-letters = { $n ->
    [0] Personne n’est à prévenir
    [one] Une personne est prévenue
   *[other] { $n } personnes sont prévenues
}
session-preview-by-mail = Courriel
session-preview-by-phone = À appeler
session-preview-who = Personne
session-preview-what = Ce qui lui est dit
session-preview-how = Comment
session-preview-anyway = Je sais, garder quand même
session-preview-go = Enregistrer et prévenir
session-preview-save = Enregistrer
session-preview-back = Revenir au formulaire
session-created = La séance est créée.
session-changed = La séance est modifiée.
session-told = { $n ->
    [one] Une personne est prévenue.
   *[other] { $n } personnes sont prévenues.
}
session-repeat = Répéter
session-repeat-title = Répéter la séance chaque semaine
session-repeat-lead = La même séance, même jour, même heure, même salle, sans les inscriptions.
session-repeat-times = Combien de semaines de plus ?
session-repeated = { $n ->
    [one] Une séance est créée.
   *[other] { $n } séances sont créées.
}
session-confirm = Confirmer la séance
session-confirm-title = Confirmer que la séance aura lieu ?
session-confirm-lead = Elle aura lieu même avec moins de personnes que prévu.
session-confirmed = La séance est confirmée.
session-hold = Dire qu’elle a eu lieu
session-held = C’est noté : la séance a eu lieu.
session-cancel = Annuler la séance
session-cancel-title = Annuler la séance
session-cancel-lead = Toutes les personnes inscrites ou en attente sont prévenues, avec d’autres dates quand il y en a.
session-cancel-reason = Pourquoi ? (écrit dans le courriel)
session-cancel-go = Annuler la séance et prévenir
session-cancelled = La séance est annulée.
session-assign = Donner ce formateur
session-assigned = Le formateur est enregistré.
session-roster = Inscriptions
session-roster-empty = Personne n’est encore inscrit.
session-letters = Courriels et appels
session-letters-empty = Aucun courriel pour cette séance.
session-notes = Notes des formateurs
session-history = Historique
session-others = Autres dates de cet atelier
session-public-page = Page publique
session-needs = Besoins
session-phone = Téléphone
session-firm = Entreprise
session-to-do = Actions
session-who = Qui
session-what = Quoi
session-at = Quand
session-by-system = Essor
session-by-visitor = Un visiteur
session-action-session-created = Séance créée
session-action-session-changed = Séance modifiée
session-action-session-gathering = En préparation
session-action-session-confirmed = Séance confirmée
session-action-session-held = Séance tenue
session-action-session-cancelled = Séance annulée
session-action-session-funded = Financeur indiqué
session-action-enrolment-placed = A une place
session-action-enrolment-waiting = Sur la liste d’attente
session-action-enrolment-offered = Place proposée
session-action-enrolment-withdrawn = Inscription retirée
session-action-enrolment-lapsed = Proposition passée
session-action-enrolment-cancelled = Inscription annulée
session-action-enrolment-phoned = Prévenu par téléphone
session-action-enrolment-invited = Invitation envoyée
session-calendar = Calendrier
session-calendar-month = Mois
session-calendar-week = Semaine
session-calendar-views = Vues
session-calendar-previous = Avant
session-calendar-next = Après
session-calendar-now = Aujourd’hui
session-calendar-empty = Aucune séance à ces dates.
session-calendar-week-of = Semaine du { $day }
session-morning = Matin
session-afternoon = Après-midi
session-evening = Soir
session-today = À faire aujourd’hui
session-today-nothing = Rien ne presse
session-today-nothing-text = Les groupes à venir sont en bonne voie.
session-today-groups = { $n ->
    [one] Un groupe n’a pas encore assez de monde
   *[other] { $n } groupes n’ont pas encore assez de monde
}
session-today-groups-text = Dans les sept jours. Confirmez quand même, trouvez du monde, ou annulez.
session-today-movable = { $n ->
    [one] Une personne en attente pourrait venir à une autre date
   *[other] { $n } personnes en attente pourraient venir à une autre date
}
session-today-move = Déplacer
session-today-too-late = Places libres et personnes en attente : trop tard pour un courriel, appelez
session-today-without = Séances sans formateur ou sans salle
session-today-to-close = Séances passées à clore
session-today-offers = Places proposées, réponse attendue
session-today-until = Jusqu’au
session-today-wishes = Souhaits sans réponse
session-today-wishes-see = Voir les souhaits
session-today-wish-any = Autre souhait
session-today-calls = Personnes à appeler
session-today-called = C’est fait
session-today-failed = Courriels non partis
session-dashboard = Tableau de bord
session-dashboard-fill = Places pourvues
session-dashboard-fill-of = { $placed } sur { $seats }
session-dashboard-people = Personnes
session-dashboard-sessions = Séances
session-dashboard-waiting = En attente
session-dashboard-stages = Séances par état
session-dashboard-sectors = Personnes par secteur
session-dashboard-sector = Secteur
session-dashboard-unknown = Non précisé
session-dashboard-count = Nombre
session-dashboard-share = Part
session-dashboard-communes = Personnes par commune
session-dashboard-population = Habitants
session-dashboard-population-share = Part des habitants
session-dashboard-missed = { $n ->
    [0] Chaque commune du territoire est représentée.
    [one] Une commune du territoire n’a encore personne.
   *[other] { $n } communes du territoire n’ont encore personne.
}
session-dashboard-map = Carte du territoire : plus une commune est foncée, plus elle compte de personnes
session-dashboard-demand = Demande par atelier
session-dashboard-demand-empty = Aucun souhait et personne en attente.
session-dashboard-wishes = Souhaits
session-dashboard-wishes-open = Sans réponse
session-dashboard-attendance = Présences
session-dashboard-attendance-empty = Aucune présence n’est encore notée.
session-dashboard-hours = Heures suivies
session-dashboard-export = Télécharger :
session-dashboard-all-communes = Toutes les communes
session-dashboard-nobody = Personne n’est encore inscrit cette saison.
session-mark-present = Présent
session-mark-late = En retard
session-mark-left-early = Parti avant la fin
session-mark-absent = Absent
session-mark-excused = Excusé
session-no-season = Pas encore de saison
session-no-season-first = Tout commence par une saison
session-no-season-make = Créez le programme, puis sa saison : cette page se remplira ensuite.
session-no-season-wait = La coordination n’a pas encore ouvert de saison. Cette page se remplira quand elle l’aura fait.
session-list-for = Choisissez la séance à laquelle inscrire { $name }.
session-from-day = À partir du
session-to-day = Jusqu’au
session-dashboard-sectors-against = Parmi les personnes qui ont une place. Les données de référence ne disent pas combien le territoire compte d’entreprises ou d’habitants dans chaque secteur : il n’y a donc pas de comparaison ici.
session-dashboard-communes-against = Comparées aux habitants : la part de chaque commune parmi les personnes qui ont une place, à côté de sa part dans la population du territoire (population légale, Insee). Les habitants des communes wallonnes ne sont pas connus.
