/**
 * Every French sentence that the page itself says to a child. What the program says comes from the
 * api; numbers and hours come from the helpline's settings.
 *
 * "tu", one idea a sentence, no blame, no promise. Straight apostrophes.
 */

export const words = {
  title: "Messages",
  program: "Programme",
  person: "Une personne de l'équipe",
  system: "Information",
  you: "Toi",
  thread: "La conversation",

  quickExit: "Quitter vite",
  quickExitHint:
    "Ferme cette page et ouvre un autre site. Tu peux aussi appuyer trois fois sur Échap.",
  askPerson: "Parler à quelqu'un",
  // What is sent: the words the program understands at every turn (facts.md 2.2).
  askPersonText: "parler à quelqu'un",

  write: "Écris ton message",
  writeHere: "Écris ici...",
  send: "Envoyer",
  choices: "Tu peux répondre avec un bouton",
  sending: "Envoi...",
  late: "Pas encore parti. On réessaie.",
  sent: "Envoyé",
  takeBack: "Modifier",
  newBelow: "Voir la suite",
  typingProgram: "Le programme écrit...",
  typingPerson: "écrit...",

  lost: "Connexion perdue. Ce que tu écris partira dès que possible.",
  image:
    "Je ne peux pas recevoir d'image, et je ne l'ai pas ouverte. Garde-la pour toi, ne l'envoie à personne.",

  help: "Urgences",
  helpTitle: "Parler tout de suite",
  helpIntro: "Des personnes répondent à ces numéros. C'est gratuit.",
  helpLoading: "Les numéros arrivent...",
  call: "Appeler le",
  text: "Écrire au",
  openNow: "Ouvert",
  closedNow: "Fermé en ce moment",

  steps: "Étapes",
  stepsTitle: "4 étapes pour te protéger",
  stepsIntro: "Une à la fois, à ton rythme. Tu peux en passer une.",
  stepDone: "fait",
  stepSeen: "vu",
  stepLater: "on peut y revenir",
  stepToDo: "à venir",

  tools: "Aide et options",
  more: "Options",
  moreTitle: "Options",
  back: "Retour",
  codeTitle: "Revenir plus tard",
  codeIntro: "Avec ce code, tu retrouves la conversation, même sur un autre appareil.",
  codeWarning: "Garde-le pour toi : avec ce code, on peut lire la conversation.",
  codeShow: "Voir mon code",
  codeHide: "Cacher le code",
  resumeTitle: "Reprendre avec un code",
  resumeField: "Ton code",
  resume: "Reprendre",
  eraseTitle: "Effacer la conversation",
  eraseIntro: "Les messages s'effacent ici et chez nous. Ensuite, on ne peut plus les retrouver.",
  eraseNote: "Si l'équipe s'inquiète pour toi, elle garde une note, sans tes mots.",
  erase: "Effacer",
  eraseSure: "Effacer pour de bon ?",
  eraseYes: "Oui, effacer",
  eraseNo: "Non, garder",

  erasedTitle: "C'est effacé",
  erasedText: "Tu peux fermer cette page, ou écrire à nouveau quand tu veux.",
  deniedTitle: "Cette conversation n'est plus ouverte ici",
  deniedText: "Tu peux en commencer une autre, ou reprendre avec ton code.",
  startAnew: "Nouvelle conversation",
} as const;
