### Quiz de fin de séance.

quiz-list = Quiz
quiz-list-lead = Les quiz de fin de séance. Les vôtres, et ceux que d’autres proposent : vous pouvez les copier.
quiz-search = Titre, atelier ou formateur
quiz-none = Aucun quiz
quiz-none-text = Faites-en un : avec un fichier GIFT, en collant des questions, ou à partir d’un quiz tout prêt.
quiz-new = Nouveau quiz
quiz-title = Titre
quiz-title-hint = Les participants le verront.
quiz-module = Atelier
quiz-owner = Fait par
quiz-of-desk = La coordination
quiz-changed = Questions modifiées
quiz-changed-by = le { $day } par { $author } (version { $number })
quiz-people = Personnes
quiz-stage = État
quiz-stage-draft = En préparation
quiz-stage-open = Proposé
quiz-stage-archived = Archivé
quiz-for = Pour
quiz-session = Pour une seule séance
quiz-session-hint = Sans choix, le quiz sert à toutes les séances de cet atelier.
quiz-session-all = Toutes les séances de l’atelier
quiz-again = Peut être refait
quiz-again-hint = Après avoir vu la correction. Seul le premier essai compte dans les résultats.
quiz-yes = oui
quiz-no = non
quiz-sheets = Réponses reçues
quiz-settings = Titre et réglages
quiz-saved = C’est enregistré.
quiz-open = Proposer aux participants
quiz-opened = Le quiz est proposé aux participants.
quiz-take-back = Ne plus proposer
quiz-taken-back = Le quiz est de nouveau en préparation.
quiz-archive = Archiver
quiz-archived = Le quiz est archivé. Les réponses reçues restent.
quiz-take-up = Reprendre
quiz-copy = Copier
quiz-copy-lead = La copie est à vous : vous la modifiez sans toucher à l’original.
quiz-copied = La copie est prête. Relisez-la, puis proposez-la aux participants.
quiz-preview = Voir comme un participant
quiz-paper = Quiz à imprimer
quiz-paper-corrected = Corrigé à imprimer
quiz-export = Télécharger (GIFT)
quiz-edit-note = Des personnes ont déjà répondu. Si vous changez les questions, leurs réponses restent avec les questions qu’elles ont vues.
quiz-not-yours = Ce quiz est à quelqu’un d’autre. Copiez-le pour le modifier.
quiz-questions = Questions
quiz-question = Question
quiz-number = Numéro
quiz-back-home = Retour à l’accueil
quiz-back-space = Retour à mon espace
quiz-back-quiz = Retour au quiz
quiz-back-session = La séance
quiz-choose = Choisissez

quiz-import-lead = Donnez un fichier GIFT (Moodle et d’autres logiciels en font) ou collez les questions.
quiz-import = Importer
quiz-import-again = Remplacer les questions
quiz-import-stale = Quelqu’un d’autre a modifié ce quiz pendant ce temps. Importez de nouveau pour remplacer ses questions par les vôtres.
quiz-import-faults = { $count ->
    [one] Une question ne peut pas être prise
   *[other] { $count } questions ne peuvent pas être prises
  }
quiz-import-good = { $good ->
    [0] Aucune autre question n’a été trouvée. Rien n’a été importé.
    [one] L’autre question est bonne. Rien n’a été importé : corrigez, ou cochez « Garder les bonnes questions ».
   *[other] Les { $good } autres sont bonnes. Rien n’a été importé : corrigez, ou cochez « Garder les bonnes questions ».
  }
quiz-import-nothing = Aucune question n’a été trouvée.
quiz-imported = { $count ->
    [one] Une question est importée.
   *[other] { $count } questions sont importées.
  }
quiz-imported-without = { $count ->
    [one] Une question a été laissée de côté (ligne { $lines }).
   *[other] { $count } questions ont été laissées de côté (lignes { $lines }).
  }
quiz-line = Ligne
quiz-why = Ce qui ne va pas
quiz-file = Fichier GIFT
quiz-file-hint = Un fichier texte. S’il est donné, il remplace le texte ci-dessous.
quiz-text = Ou les questions elles-mêmes
quiz-text-hint = Une ligne vide sépare les questions.
quiz-keep-good = Garder les bonnes questions
quiz-keep-good-hint = Les autres sont laissées de côté. Sinon, une seule erreur arrête tout.
quiz-ready = Partir d’un quiz tout prêt
quiz-ready-text = Ses questions arrivent dans le formulaire. Changez-les comme il vous plaît.
quiz-gift-help = Comment écrire les questions
quiz-gift-example =
    Quel signe sépare les deux parties d’une adresse ?
    {"{"} ~le point   =l’arobase#Oui !   ~le dièse {"}"}

    Que peut-on joindre à un message ? (plusieurs réponses)
    {"{"} ~%50%une photo   ~%50%un devis   ~%-100%une chaise {"}"}

    Le cadenas prouve que le vendeur est honnête. {"{"}F{"}"}

    Combien de signes au moins pour un bon mot de passe ? {"{"}#12:1{"}"}

    Le signe @ se dit {"{"}=arobase =arrobase{"}"} en français.

    Associez.
    {"{"} =Répondre -> à une personne   =Répondre à tous -> à tout le monde {"}"}

quiz-fault-essay = Les accolades sont vides : une réponse libre ne peut pas être corrigée. Donnez des réponses.
quiz-fault-no-closing-brace = L’accolade ouverte n’est jamais fermée. Une ligne vide au milieu d’une question la coupe en deux.
quiz-fault-no-opening-brace = Il y a une accolade fermante sans accolade ouvrante.
quiz-fault-two-groups = Il y a deux groupes de réponses. Mettez une barre \ devant une accolade qui fait partie du texte.
quiz-fault-endless-title = Le titre commence par :: et ne finit pas par ::.
quiz-fault-answer-without-sign = Chaque réponse doit commencer par = (juste) ou ~ (fausse).
quiz-fault-empty-answer = Une réponse est vide.
quiz-fault-too-few-choices = Il n’y a qu’une réponse à choisir.
quiz-fault-no-right-answer = Il manque une bonne réponse, ou une mauvaise pour qu’il y ait un choix.
quiz-fault-nothing-worth-all = Aucune réponse ne vaut 100 %.
quiz-fault-weights = Les bonnes réponses valent { $text } % ensemble, au lieu de 100 %.
quiz-fault-bad-weight = « { $text } » n’est pas une valeur. Écrivez un nombre de -100 à 100.
quiz-fault-bad-number = « { $text } » n’est pas un nombre.
quiz-fault-range = Le second nombre est plus petit que le premier.
quiz-fault-wrong-number = Un nombre ne peut pas être marqué faux avec ~.
quiz-fault-pair-without-arrow = Certaines réponses ont une flèche -> et d’autres non. Il en faut à toutes.
quiz-fault-too-few-pairs = Il faut au moins deux paires à associer, chacune avec ses deux côtés.
quiz-fault-no-text = Il manque la question elle-même.
quiz-fault-too-many = Il y a plus de { $most } réponses.
quiz-fault-too-long = Un texte dépasse { $most } signes.

quiz-kind-single = Un seul choix
quiz-kind-multiple = Plusieurs choix
quiz-kind-truth = Vrai ou faux
quiz-kind-words = Un mot à écrire
quiz-kind-number = Un nombre
quiz-kind-matching = Des éléments à associer
quiz-kind-description = Un texte sans question

quiz-question-new = Ajouter une question
quiz-question-edit = Modifier
quiz-question-up = Monter
quiz-question-down = Descendre
quiz-question-remove = Retirer la question
quiz-question-removed = La question est retirée.
quiz-question-saved = La question est enregistrée.
quiz-question-stale = Quelqu’un d’autre a modifié ce quiz pendant ce temps : rien n’a été changé. Voici les questions d’aujourd’hui.
quiz-question-changed = Quelqu’un d’autre a modifié ce quiz pendant ce temps. Votre texte est encore dans le formulaire : enregistrez de nouveau pour le garder.
quiz-question-text = Question
quiz-question-after = Suite de la phrase, après le blanc
quiz-question-after-hint = Seulement pour une phrase à compléter.
quiz-is-it-true = Cette phrase est…
quiz-if-right = À dire à qui répond bien
quiz-if-wrong = À dire à qui se trompe
quiz-otherwise = À dire pour tout autre nombre
quiz-answer-number = Réponse { $number }
quiz-pair-number = Paire { $number }
quiz-pair-left = Ce qui est demandé
quiz-pair-left-hint = Laissez vide pour une réponse de trop, qui ne va avec rien.
quiz-pair-right = Ce qui va avec
quiz-number-right = Nombre
quiz-tolerance = Écart accepté
quiz-worth = Cette réponse est
quiz-worth-yes = juste
quiz-worth-no = fausse
quiz-worth-part = comptée { $percent } %
quiz-answer-feedback = À dire à qui la donne
quiz-words-hint = Majuscules et accents ne comptent pas. Une étoile * remplace n’importe quel texte.
quiz-feedback = À dire à tout le monde
quiz-feedback-hint = Montré avec la correction.

quiz-preview-note = Voici le quiz comme les participants le verront. Vous pouvez y répondre : rien n’est gardé.
quiz-preview-kept-nowhere = C’était un essai : vos réponses n’ont pas été gardées.
quiz-take-intro = Quelques questions sur ce que vous venez de voir. Ce n’est pas un examen : la correction vient tout de suite après.
quiz-several = Cochez tout ce qui convient.
quiz-a-number = Un nombre, par exemple 12 ou 3,5.
quiz-match = Choisissez ce qui va avec chaque ligne.
quiz-hand-in = Voir la correction
quiz-hand-in-anyway = Rendre sans ces réponses
quiz-handed-in = Merci, vos réponses sont enregistrées.
quiz-answer-missing = Répondez à cette question.
quiz-answer-not-a-number = Écrivez un nombre, par exemple 12 ou 3,5.
quiz-answer-not-an-answer = Cette réponse est trop longue.
quiz-answer-not-offered = Cette réponse ne fait pas partie des choix.
quiz-answer-other-count = Il n’y a pas le bon nombre de lettres.
quiz-correction = Correction
quiz-score = { $right ->
    [0] Aucune réponse tout à fait juste sur { $asked }. La correction vous aidera.
    [one] Une réponse juste sur { $asked }.
   *[other] { $right } réponses justes sur { $asked }.
  }
quiz-right-answer = Juste
quiz-partly-right = En partie juste
quiz-not-right = À revoir
quiz-your-answer = Votre réponse :
quiz-nothing-said = pas de réponse
quiz-would-be-right = Bonne réponse :
quiz-take-again = Refaire le quiz
quiz-others = Autres quiz de cette séance

quiz-refused-empty = Ce quiz ne pose aucune question : ajoutez-en une avant de le proposer.
quiz-refused-full = Un quiz a au plus { $most } questions.
quiz-refused-early = Le quiz s’ouvre à la fin de la séance.
quiz-refused-answered = Vous avez déjà répondu à ce quiz. Voici votre correction.
quiz-refused-not-begun = La séance n’a pas commencé.
quiz-refused-on-screen = Cette personne a déjà répondu en ligne.

quiz-entry = Saisir la feuille
quiz-entry-correct = Corriger la saisie
quiz-entry-of = Feuille de { $name }
quiz-entry-keys = Écrivez ce qui est sur la feuille. La touche Tab passe à la question suivante, la touche Entrée enregistre et passe à la personne suivante. Une case vide veut dire : pas de réponse.
quiz-entry-one = Une lettre.
quiz-entry-several = Les lettres cochées, par exemple AC.
quiz-entry-truth = V pour vrai, F pour faux.
quiz-entry-words = Le mot écrit.
quiz-entry-number = Le nombre écrit.
quiz-entry-pairs = Une lettre par ligne, dans l’ordre, par exemple BAC ; un tiret pour une ligne vide.
quiz-entry-save = Enregistrer et continuer
quiz-entry-stale = Cette feuille vient d’être saisie ou corrigée par quelqu’un d’autre. Enregistrez de nouveau pour garder votre saisie.
quiz-entry-on-screen = Cette personne a répondu en ligne : il n’y a rien à saisir.
quiz-entry-older = Attention, le quiz en est à la version { $number }. La version de la feuille est écrite en bas de page.
quiz-entry-other-revision = La feuille est d’une autre version
quiz-entered = La feuille de { $name } est enregistrée.
quiz-revision = version { $number }
quiz-has-answered = A répondu

quiz-results = Résultats
quiz-results-lead = Ce qu’ont donné les quiz, atelier par atelier et séance par séance.
quiz-results-search = Quiz, atelier, lieu ou formateur
quiz-results-of = Résultats : { $title }
quiz-results-none = Pas encore de réponses
quiz-results-none-text = Les résultats apparaissent dès que quelqu’un a répondu.
quiz-session-day = Séance du
quiz-site = Lieu
quiz-trainer = Formateur
quiz-mean = Réussite
quiz-mean-is = Réussite moyenne : { $share }.
quiz-of-session = Quiz de la séance
quiz-session-none = Aucun quiz pour cette séance
quiz-session-none-text = Proposez un quiz pour cet atelier, ou faites-en un pour cette séance.
quiz-new-for-session = Un quiz pour cette séance
quiz-no-longer-offered = N’est plus proposé
quiz-answered-by = { $count ->
    [0] Personne n’a encore répondu.
    [one] Une personne a répondu.
   *[other] { $count } personnes ont répondu.
  }
quiz-by-question = Question par question
quiz-by-person = Personne par personne
quiz-by-session = Séance par séance
quiz-group = Le groupe
quiz-missed = Manquée par
quiz-missed-many = Manquée par beaucoup
quiz-missed-some = Manquée par certains
quiz-missed-none = Sue par tous
quiz-missed-unknown = Pas encore posée
quiz-left-out = Sans réponse
quiz-right = Bonne réponse
quiz-wrong = Ce qui a été répondu
quiz-person = Personne
quiz-result = Résultat
quiz-paper-sheet = Feuille de papier
quiz-right-of = { $right } sur { $asked }
quiz-on-paper = sur papier
quiz-on-screen = en ligne
quiz-tries = { $count } essais
quiz-not-answered = N’a pas répondu
quiz-nobody = Personne n’est inscrit.
quiz-download-csv = Télécharger (CSV)
quiz-download-xlsx = Télécharger (Excel)
quiz-try = Essai
quiz-origin = Répondu
quiz-answer = Réponse
quiz-is-right = Juste
quiz-worth-percent = Points de la question (%)
quiz-mean-percent = Réussite (%)
