# Ce qui n’a pas marché, et quoi faire ensuite.
error-go-home = Revenir à l’accueil
error-go-agenda = Voir l’agenda
error-reference = Si vous nous appelez, donnez-nous ce numéro : { $number }

error-400-title = Nous n’avons pas compris la demande
error-400-text = L’adresse ou les informations reçues sont incomplètes. Revenez à la page précédente et recommencez.
error-401-title = Identifiez-vous d’abord
error-401-text = Cette page est réservée aux personnes identifiées.
error-403-title = Vous n’avez pas accès à cette page
error-403-text = Elle est réservée à d’autres personnes. Si vous pensez que c’est une erreur, appelez l’équipe du programme.
error-404-title = Cette page n’existe pas
error-404-text = Le lien est peut-être ancien, ou l’adresse mal recopiée. L’agenda montre tous les ateliers à venir.
error-405-title = Cette action n’est pas possible ici
error-405-text = Revenez à la page précédente et utilisez ses boutons.
error-409-title = La situation a changé entre-temps
error-409-text = Quelqu’un d’autre a modifié ces informations pendant que vous les regardiez. Rien n’est perdu : revenez à la page précédente, rechargez-la, puis recommencez.
error-413-title = C’est trop volumineux
error-413-text = Le fichier ou le texte envoyé est trop long. Réduisez-le ou envoyez-le en plusieurs fois.
error-422-title = Nous ne pouvons pas enregistrer cela tel quel
error-422-text = Une information ne convient pas. Revenez à la page précédente, corrigez-la, puis recommencez.
error-429-title = Trop d’essais
error-429-text = Par sécurité, il faut attendre un peu avant de recommencer.
error-429-wait = { $minutes ->
    [one] Vous pourrez recommencer dans une minute.
   *[other] Vous pourrez recommencer dans { $minutes } minutes.
}
error-500-title = Une erreur est survenue chez nous
error-500-text = Ce n’est pas de votre fait, et ce que vous aviez déjà enregistré est conservé. Réessayez dans quelques minutes.
error-503-title = Beaucoup de monde en même temps
error-503-text = Trop de personnes utilisent le site à cet instant. Rien n’est perdu : attendez quelques secondes, puis recommencez.

error-form-expired = Cette page est restée ouverte trop longtemps, ou votre navigateur refuse les cookies. Revenez à la page précédente, rechargez-la, puis envoyez de nouveau.
error-form-malformed = Le formulaire reçu est incomplet. Revenez à la page précédente et envoyez-le de nouveau.
