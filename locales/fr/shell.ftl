# Ce qui entoure toutes les pages.
shell-skip = Aller au contenu
shell-nav = Navigation principale
shell-nav-of-desk = Navigation du bureau
shell-menu = Menu
shell-menu-close = Fermer le menu
shell-sign-in = Espace des équipes
shell-sign-out = Se déconnecter
shell-to-desk = Mon bureau
shell-to-public = Voir le site public
shell-demonstration = Démonstration
shell-breadcrumb = Où vous êtes

shell-nav-home = Accueil
shell-nav-agenda = Agenda
shell-nav-modules = Ateliers
shell-nav-sites = Lieux
shell-nav-season = La saison
shell-nav-mine = Mon espace

shell-nav-today = Mes séances
shell-nav-todo = À faire
shell-nav-dashboard = Tableau de bord
shell-nav-sessions = Séances
shell-nav-entry = Saisir un questionnaire
shell-nav-people = Personnes
shell-nav-organisations = Organisations
shell-nav-wishes = Souhaits
shell-nav-debriefs = Bilans
shell-nav-satisfaction = Avis
shell-nav-places = Lieux et salles
shell-nav-trainers = Formateurs
shell-nav-referents = Référents
shell-nav-programmes = Programmes et saisons
shell-nav-territories = Territoires
shell-nav-rules = Règles des parcours
shell-nav-certificates = Attestations
shell-nav-mail = Courriels
shell-nav-exchange = Import et export
shell-nav-team = Équipe
shell-nav-history = Journal

shell-optional = facultatif
shell-cancel = Annuler
shell-errors = { $n ->
    [one] Une réponse est à revoir
   *[other] { $n } réponses sont à revoir
}
shell-progress = Étape { $step } sur { $steps }
shell-pages = Pages de la liste
shell-pages-shown = { $from } à { $to } sur { $total }
shell-pages-previous = Page précédente
shell-pages-next = Page suivante
