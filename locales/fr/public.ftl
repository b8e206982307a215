# Les pages publiques.
public-contact = Une question ? Appelez-nous ou écrivez-nous :
public-contact-or = ou
public-footer-accessibility = Accessibilité
public-footer-privacy = Données personnelles
public-footer-legal = Mentions légales

public-home-title = Apprendre le numérique près de chez vous
public-home-description = Des ateliers numériques gratuits en petit groupe : { $territory }. Trouvez une séance près de chez vous et inscrivez-vous.
public-home-lead = Des ateliers gratuits, à quelques-uns, pour les commerçants, les artisans, les agriculteurs et les mairies : { $territory }.
public-home-commune = Votre commune ou code postal
public-home-commune-hint = Par exemple : Frévent ou 62270
public-home-km = Distance
public-home-find = Trouver un atelier
public-home-map = { $n ->
    [0] Carte : { $territory }
    [one] Carte : { $territory }, avec un lieu d’atelier
   *[other] Carte : { $territory }, avec { $n } lieux d’atelier
}
public-home-map-caption = { $n ->
    [0] Notre territoire.
    [one] Le lieu des ateliers.
   *[other] Les { $n } lieux des ateliers.
}
public-home-next = Prochains ateliers
public-home-all = { $n ->
    [one] Voir la séance
   *[other] Voir les { $n } séances
}
public-home-none = Pas encore de date
public-home-none-text = Les prochaines séances seront bientôt annoncées. En attendant, découvrez les ateliers.
public-home-none-action = Voir les ateliers
public-home-path = Vous ne savez pas par où commencer ?
public-home-path-text = Répondez à une vingtaine de questions simples, en dix minutes. Nous vous proposons un parcours : quels ateliers, dans quel ordre, près de chez vous, aux heures qui vous vont.
public-home-path-action = Trouver mon parcours
public-home-how = Comment ça se passe
public-home-how-free = C’est gratuit
public-home-how-free-text = Vous n’avez rien à payer et rien à acheter. Les ordinateurs sont sur place ; vous pouvez apporter le vôtre.
public-home-how-small = En tout petit groupe
public-home-how-small-text = L’animateur a du temps pour chacun. Une séance ouvre dès qu’assez de personnes sont inscrites.
public-home-how-near = Près de chez vous
public-home-how-near-text = Dans les salles et les cybercentres du territoire, en journée, en soirée ou le samedi.
public-home-sites = Les lieux
public-home-season = Tout sur la saison

public-session-when = Quand
public-session-where = Où
public-session-level = Niveau
public-session-audience = Réservé à
public-session-group = Groupe
public-session-group-size = ouvre à { $least }, { $capacity } places au plus
public-session-group-most = { $capacity } places
public-session-price = Prix
public-session-free = gratuit
public-session-cancelled = Cette séance n’aura pas lieu.
public-session-aims = À la fin, vous saurez
public-session-about = Tout sur cet atelier
public-session-before = Avant cet atelier
public-session-before-text = Il est plus facile à suivre quand on a déjà vu ceci. Ce n’est pas obligatoire.
public-session-getting-there = Venir
public-session-site-phone = Téléphone du lieu :
public-session-map = Carte du territoire : la séance est à { $commune }
public-session-register = M’inscrire
public-session-wait = Me mettre sur la liste d’attente
public-session-opens-text = { $missing ->
    [one] La séance ouvre à { $least } personnes : il en manque encore une.
   *[other] La séance ouvre à { $least } personnes : il en manque encore { $missing }.
}
public-session-full-text = Toutes les places sont prises. Inscrivez-vous sur la liste d’attente : nous vous écrivons dès qu’une place se libère.
public-session-others = Voir d’autres dates
public-session-calendar = Ajouter à mon agenda
public-session-withdraw = Un empêchement ? Vous pouvez vous désinscrire en un clic, sans explication.

public-registration-title = S’inscrire : { $title }
public-registration-name = Nom et prénom
public-registration-email = Adresse électronique
public-registration-email-hint = Pour recevoir la confirmation et un rappel. Sans adresse électronique, donnez un numéro de téléphone.
public-registration-phone = Téléphone
public-registration-phone-hint = Pour vous prévenir en cas de changement de dernière minute.
public-registration-commune = Votre commune
public-registration-organisation = Votre entreprise, exploitation ou mairie
public-registration-profile = Vous êtes
public-registration-profile-hint = Cet atelier est réservé : { $audience }.
public-registration-needs = Avez-vous besoin d’une aide particulière ?
public-registration-needs-hint = Par exemple : j’entends mal, je viens en fauteuil, je préfère un grand écran.
public-registration-own = Vous vous inscrivez en tant que { $name }.
public-registration-others = Inscrire aussi une ou deux personnes de la même entreprise
public-registration-others-text = Les places sont données dans l’ordre de la liste.
public-registration-other = Personne { $number }
public-registration-privacy = Ces renseignements servent à organiser l’atelier et à rien d’autre.
public-registration-privacy-link = Ce que nous gardons, et vos droits
public-registration-send = M’inscrire
public-registration-send-wait = M’inscrire sur la liste d’attente
public-registration-waiting-list = { $waiting ->
    [0] Cette séance est complète. Vous serez en tête de la liste d’attente.
    [one] Cette séance est complète. Une personne attend déjà.
   *[other] Cette séance est complète. { $waiting } personnes attendent déjà.
}
public-registration-before = Il est conseillé d’avoir suivi d’abord :
public-registration-before-still = Vous pouvez vous inscrire quand même.
public-registration-see-agenda = Voir toutes les séances
public-registration-refused = L’inscription n’a pas été faite
public-registration-refused-known = Cette personne est déjà inscrite à cette séance, ou sur sa liste d’attente. Il n’y a rien d’autre à faire. Pour voir ou changer une inscription, passez par « Mon espace ».
public-registration-refused-reserved = Cet atelier est réservé : { $audiences }. D’autres ateliers du même thème sont ouverts à tous. Si vous pensez être concerné, appelez-nous.
public-registration-refused-clash = Cette personne est déjà inscrite à une autre séance au même moment. Choisissez une autre date, ou désinscrivez-la d’abord de l’autre séance.
public-registration-refused-closed = Les inscriptions à cette séance sont closes. Choisissez une autre date.
public-registration-refused-other = Cette inscription n’est pas possible en ligne. Appelez-nous : nous chercherons une solution.
public-registration-wait-full = Toutes les places sont prises.
public-registration-wait-others = { $ahead ->
    [one] Une place se libère, mais une personne attend déjà : elle passe d’abord.
   *[other] Une place se libère, mais { $ahead } personnes attendent déjà : elles passent d’abord.
}

public-registered-title = Votre inscription
public-registered-placed = Place réservée
public-registered-placed-text = La place est réservée. C’est gratuit, il n’y a rien d’autre à faire.
public-registered-waiting = { $rank ->
    [one] En attente, 1er rang
   *[other] En attente, rang { $rank }
}
public-registered-waiting-text = Dès qu’une place se libère, elle est proposée à la première personne de la liste.
public-registered-offered = Une place est proposée
public-registered-offered-text = Une place s’est libérée. Répondez à la proposition pour la garder.
public-registered-over = Inscription terminée
public-registered-letter = Un courriel de confirmation part à l’adresse donnée, avec un lien pour se désinscrire.
public-registered-no-letter = Sans adresse électronique, nous prévenons par téléphone en cas de changement. Notez bien la date.
public-registered-withdraw = Se désinscrire

public-modules-title = Les ateliers
public-modules-lead = Tout ce que vous pouvez apprendre, du premier clic à la boutique en ligne. Chaque atelier se suit en petit groupe, gratuitement.
public-modules-level = Niveau
public-modules-level-0 = Débutant : pour commencer
public-modules-level-1 = Premiers pas faits
public-modules-level-2 = À l’aise
public-modules-level-3 = Confirmé
public-modules-level-any = Tous les niveaux
public-modules-show = Afficher
public-modules-found = { $n ->
    [0] Aucun atelier.
    [one] Un atelier.
   *[other] { $n } ateliers.
}
public-modules-dates = { $n ->
    [0] Pas encore de date
    [one] Une date à venir
   *[other] { $n } dates à venir
}
public-modules-none = Aucun atelier ne correspond
public-modules-none-text = Retirez un choix pour en voir davantage.
public-modules-all = Voir tous les ateliers
public-modules-parts = Comment se passe la séance
public-modules-part-input = On vous montre
public-modules-part-hands-on = Vous essayez
public-modules-part-evaluation = On fait le point
public-modules-part-exchange = Pause et échanges
public-modules-after = Pour continuer ensuite
public-modules-length = Durée
public-modules-group = ouvre à { $least }, { $most } personnes au plus
public-modules-next = Prochaines dates
public-modules-no-date = Pas encore de date pour cet atelier. Dites-nous qu’il vous intéresse : nous ouvrons des séances selon les demandes.
public-modules-wish = Cet atelier vous intéresse ?
public-modules-wish-text = Si aucune date ne vous va, dites-le-nous. Nous en tenons compte pour la suite.
public-modules-wish-action = Je voudrais cet atelier

public-sites-title = Les lieux
public-sites-lead = { $n ->
    [0] Les lieux où se tiennent les ateliers.
    [one] Les ateliers se tiennent dans ce lieu.
   *[other] Les ateliers se tiennent dans ces { $n } lieux.
}
public-sites-coming = { $n ->
    [0] Pas de séance à venir
    [one] Une séance à venir
   *[other] { $n } séances à venir
}
public-sites-none = Aucun lieu pour l’instant
public-sites-none-text = Les lieux des ateliers seront bientôt annoncés.
public-sites-archived = Ce lieu n’accueille plus de séances.
public-sites-address = Adresse
public-sites-open-map = Ouvrir dans mon application de cartes
public-sites-phone = Téléphone
public-sites-accessibility = Accessibilité
public-sites-access = Pour venir
public-sites-hours = Horaires d’ouverture
public-sites-rooms = Salles
public-sites-capacity = { $n ->
    [one] 1 place
   *[other] { $n } places
}
public-sites-next = Prochaines séances ici
public-sites-no-session = Pas de séance prévue ici pour le moment.

public-season-title = La saison
public-season-none = Pas encore de saison
public-season-none-text = La prochaine saison se prépare. En attendant, découvrez les ateliers.
public-season-agenda = Voir l’agenda
public-season-sites = Les lieux de la saison
public-season-partners = Les partenaires
public-season-others = Les autres saisons
public-season-figure-modules = { $n ->
    [one] atelier différent
   *[other] ateliers différents
}
public-season-figure-sessions = { $n ->
    [one] date
   *[other] dates
}
public-season-figure-sites = { $n ->
    [one] lieu
   *[other] lieux
}
public-season-figure-seats = { $n ->
    [one] place
   *[other] places
}
public-season-figure-people = { $n ->
    [one] personne inscrite
   *[other] personnes inscrites
}
public-season-partner-funder = financeur
public-season-partner-host = lieu d’accueil
public-season-partner-chamber = chambre consulaire
public-season-partner-sponsor = mécène
public-season-partner-other = partenaire

public-accessibility-title = Accessibilité
public-accessibility-aim = Notre engagement
public-accessibility-aim-text = Ce site doit pouvoir être utilisé par tout le monde : au clavier, avec un lecteur d’écran, sur un vieil ordinateur, sur un petit écran, avec une connexion lente.
public-accessibility-done = Ce qui est fait
public-accessibility-done-text = Toutes les pages fonctionnent sans script. Les textes sont grands et contrastés, y compris en mode sombre. Chaque champ a son étiquette, chaque image utile a sa description, et rien n’est dit par la couleur seule.
public-accessibility-not-yet = Ce qui reste à faire
public-accessibility-not-yet-text = Aucun audit complet n’a encore été fait par un organisme extérieur. Les cartes ont une description courte ; la liste des lieux, à côté, donne les mêmes informations en texte.
public-accessibility-help = Un obstacle ?
public-accessibility-help-text = Si une page vous bloque, dites-le-nous. Nous ferons la démarche avec vous par téléphone, et nous corrigerons la page.

public-privacy-title = Vos données personnelles
public-privacy-what = Ce que nous gardons
public-privacy-what-text = Ce que vous nous donnez : votre nom, un moyen de vous joindre, votre commune, votre entreprise ou votre mairie, vos réponses au questionnaire, vos inscriptions et vos présences.
public-privacy-why = Pourquoi
public-privacy-why-text = Pour organiser les ateliers de { $programme }, vous prévenir, vous proposer un parcours et vous remettre une attestation. Les bilans donnés aux financeurs ne contiennent que des nombres.
public-privacy-who = Qui les voit
public-privacy-who-text = L’équipe du programme, les animateurs de vos séances et, si vous y habitez, le référent de votre territoire. Jamais les autres participants. Rien n’est vendu ni transmis.
public-privacy-how-long = Combien de temps
public-privacy-how-long-text = Le temps du programme et de ses bilans. Vous pouvez demander l’effacement à tout moment.
public-privacy-rights = Vos droits
public-privacy-rights-text = Dans « Mon espace », vous pouvez voir vos données, les corriger, les télécharger et les effacer. Vous pouvez aussi nous le demander par téléphone ou par courriel, et saisir la CNIL si notre réponse ne vous convient pas.
public-privacy-cookies = Cookies
public-privacy-cookies-text = Ce site n’utilise que les cookies nécessaires à son fonctionnement : protéger les formulaires, garder votre langue et votre connexion. Aucune mesure d’audience, aucune publicité.

public-legal-title = Mentions légales
public-legal-publisher = Éditeur
public-legal-publisher-text = Ce site est publié par les porteurs du programme { $programme } ({ $territory }).
public-legal-host = Hébergement
public-legal-host-text = Le site est hébergé par l’éditeur ou pour son compte. Ses coordonnées sont données sur demande.
public-legal-content = Contenus et données
public-legal-content-text = Les noms et populations des communes viennent de l’Insee et de La Poste, les contours de l’IGN (licence ouverte). L’agenda peut être repris librement, en citant { $programme }.
public-legal-software = Logiciel
public-legal-software-text = Ce site fonctionne avec Essor, un logiciel libre sous licence EUPL 1.2.
