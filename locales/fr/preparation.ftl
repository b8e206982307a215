### Préparation d’une séance par le formateur.

preparation-title = Préparer la séance
preparation-print = Cette préparation, à imprimer
preparation-papers = À imprimer
preparation-quiz = Quiz « { $title } »
preparation-quiz-corrected = Corrigé du quiz « { $title } »
preparation-hours = Heure
preparation-part = Partie
preparation-what = Ce qui s’y passe
preparation-room = La salle
preparation-room-is = Salle : { $room }
preparation-room-there = { $count ->
    [one] Dans la salle
   *[other] { $count } dans la salle
  }
preparation-room-missing = Manque dans la salle
preparation-room-unknown = Salle à choisir : à vérifier
preparation-seats = { $count ->
    [one] une place
   *[other] { $count } places
  }
preparation-short = { $what } : { $there } pour { $people } personnes
preparation-short-seats = { $there ->
    [one] Une place dans la salle pour { $people } personnes
   *[other] { $there } places dans la salle pour { $people } personnes
  }
preparation-lacks = Il manque quelque chose dans la salle : voyez plus bas, et prévenez la coordination.
preparation-people = Qui vient
