# Ce qui ne convient pas dans un champ, et quoi faire.
input-error-empty = Indiquez quelque chose ici.
input-error-too-long = C’est trop long : { $max } caractères au plus.
input-error-too-short = C’est trop court : { $min } caractères au moins.
input-error-control-characters = Il y a des caractères invisibles dans ce texte. Effacez-le et tapez-le de nouveau.
input-error-not-a-name = Écrivez un nom, avec des lettres.
input-error-not-an-email = Ce n’est pas une adresse électronique. Elle ressemble à prenom.nom@exemple.fr.
input-error-not-a-phone = Ce n’est pas un numéro de téléphone. Écrivez par exemple 03 21 00 00 00.
input-error-not-a-siret = Ce n’est pas un numéro SIRET : il a 14 chiffres. Vérifiez-les.
input-error-not-an-enterprise-number = Ce n’est pas un numéro d’entreprise belge : il a 10 chiffres. Vérifiez-les.
input-error-not-a-date = Ce n’est pas une date possible. Écrivez par exemple 14/09/2026.
input-error-not-a-time = Ce n’est pas une heure. Écrivez par exemple 14 h 30.
input-error-not-a-number = Écrivez un nombre en chiffres.
input-error-not-a-duration = Ce n’est pas une durée. Écrivez par exemple 1 h 30.
input-error-out-of-range = Indiquez un nombre entre { $min } et { $max }.
input-error-unknown-choice = Ce choix n’existe pas. Choisissez dans la liste.
input-error-not-an-id = Cette référence n’existe pas. Revenez à la page précédente et choisissez de nouveau.
input-error-not-a-code = Ce n’est pas un code d’attestation. Recopiez-le tel qu’il est imprimé.
input-error-not-opening-hours = Ce ne sont pas des horaires. Écrivez par exemple 9:00-12:00, 14:00-18:00.
input-error-not-a-web-address = Ce n’est pas l’adresse d’un site internet. Elle ressemble à https://www.exemple.fr.
input-error-already-taken = C’est déjà pris. Choisissez autre chose, ou modifiez ce qui existe.
input-error-end-before-start = La fin doit venir après le début.
input-error-unknown-commune = Nous ne trouvons pas cette commune. Écrivez son nom et son code postal, par exemple « Frévent 62270 ».
input-error-several-communes = Plusieurs communes correspondent : { $communes }{ $others ->
        [0] .
       *[other] { " " }et { $others } autres.
    } Écrivez le nom de la vôtre avec son code postal.
