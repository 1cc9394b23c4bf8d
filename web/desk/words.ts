/**
 * Every French sentence that the desk itself says to a counsellor.
 *
 * Impersonal, short, straight apostrophes. Not for: words of dangers, facts, steps and deliveries,
 * which have files of their own, nor for what the api says.
 */

export const words = {
  title: "Relais",
  asking: "Ouverture...",

  signIn: "Se connecter",
  email: "Adresse e-mail",
  password: "Mot de passe",
  code: "Code à 6 chiffres",
  codeHint: "Celui de l'application d'authentification.",
  signOut: "Se déconnecter",

  lost: "Connexion perdue. Ce qui s'affiche n'est peut-être plus à jour.",
  soundOn: "Son activé",
  soundOff: "Son coupé",
  helpKeys: "Flèches : parcourir la file. Entrée : ouvrir. Échap : revenir à la file.",

  queue: "File",
  filter: "Filtrer la file",
  channelFilter: "Canal",
  bothChannels: "Tous",
  sms: "SMS",
  web: "Web",
  tabs: {
    waiting: "En attente",
    with_bot: "Avec le programme",
    with_counsellor: "Avec nous",
    all: "Toutes",
    closed: "Fermées",
  },
  empty: {
    waiting: "Personne n'attend.",
    with_bot: "Aucune conversation avec le programme.",
    with_counsellor: "Aucune conversation avec l'équipe.",
    all: "Aucune conversation ouverte.",
    closed: "Aucune conversation fermée.",
  },
  reading: "Lecture...",
  status: {
    waiting: "Attend une personne",
    with_bot: "Avec le programme",
    with_counsellor: "Avec l'équipe",
    closed: "Fermée",
  },
  waits: "attend depuis",
  actions: "Actions",
  lastWord: "Dernier message",
  ago: "il y a",
  openedAt: "Ouverte à",
  mine: "Avec moi",
  muted: "Ne veut plus de SMS",
  mutedLong: "L'enfant a demandé de ne plus recevoir de SMS : une réponse ne partira pas.",
  draft: "Brouillon",
  writes: "écrit...",
  erased: "Effacée à la demande de l'enfant",
  erasedAt: "effacée il y a",

  back: "File",
  choose: "Choisir une conversation dans la file.",
  gone: "Cette conversation n'existe plus.",
  goneWhy: "Elle a été effacée, ou sa durée de conservation est passée.",
  conversation: "Conversation",
  previous: "avant celle-ci",
  crisis: "Parcours d'urgence en cours",

  claim: "Prendre la conversation",
  takeOver: "Prendre la relève",
  takeOverWhy:
    "Possible si cette personne n'est plus connectée, ou laisse un message de l'enfant sans réponse depuis 10 minutes.",
  release: "Remettre en attente",
  returnToBot: "Rendre au programme",
  leavingHeld: "Un danger est ouvert : il faut d'abord l'abaisser.",
  close: "Terminer",
  cancel: "Annuler",
  sureRelease: "Remettre cette conversation en attente ?",
  sureReleaseWhy: {
    web: "Un message le dit à l'enfant. Une autre personne est demandée.",
    sms: "Aucun SMS ne part maintenant : le prochain dira qui écrit. Une autre personne est demandée.",
  },
  sureReturn: "Rendre cette conversation au programme ?",
  sureReturnWhy: {
    web: "Un message le dit à l'enfant. Le programme répond de nouveau.",
    sms: "Le programme répond de nouveau : son prochain SMS commencera par le dire.",
  },
  sureClose: "Terminer cette conversation ?",
  sureCloseWhy: {
    web: "Un message le dit à l'enfant. Réécrire ouvrira une autre conversation.",
    sms: "Aucun SMS ne le dit à l'enfant. Réécrire ouvrira une autre conversation.",
  },
  erase: "Tout effacer",
  sureErase: "Effacer tout ce que cet enfant a écrit ?",
  sureEraseWhy:
    "Toutes ses conversations sont effacées pour toujours, notes comprises. À faire si l'enfant le demande.",
  reallyErase: "Oui, tout effacer",
  outcome: "Issue",
  dangerStays:
    "Un danger est encore ouvert : la file n'en gardera que la nature, le niveau et l'heure.",
  botAnswers:
    "Le programme répond en direct. Personne de l'équipe n'a encore pris la conversation.",
  botAlone: "Le programme répond. Aucune personne n'est demandée.",
  colleagueAnswers: "répond à l'enfant.",
  closedAnswers: "Cette conversation est terminée.",

  thread: "Fil de la conversation",
  child: "L'enfant",
  program: "Programme",
  script: "Programme, texte de secours",
  system: "Annonce",
  me: "Moi",
  noteOf: "Note interne",
  choices: "Réponses proposées :",
  media: "Pièce jointe non ouverte et non gardée",
  toEnd: "Aller à la fin",
  sending: "Envoi...",
  late: "Pas encore parti. Nouvel essai en cours.",

  modes: "Ce qui s'écrit",
  replyMode: "Réponse",
  noteMode: "Note interne",
  replyField: "Réponse à l'enfant",
  replyHere: "Écrire à l'enfant...",
  noteField: "Note interne, que l'enfant ne voit pas",
  noteHere: "Écrire une note pour l'équipe. L'enfant ne la voit pas.",
  send: "Envoyer",
  keep: "Garder la note",
  sendKeys: "Entrée : envoyer. Maj + Entrée : aller à la ligne.",
  introduction: "+ la ligne de présentation",

  facts: "Ce que l'enfant a dit",
  noFacts: "Rien de noté pour le moment.",
  steps: "Étapes",
  details: "Fiche",
} as const;

/** How a conversation ended. Words of a list: the api keeps them unsealed. [C] */
export const outcomes: readonly (readonly [string | null, string])[] = [
  [null, "Ne pas préciser"],
  ["helped", "Accompagnement terminé"],
  ["referred", "Orientation vers une autre ligne"],
  ["emergency", "Secours ou protection de l'enfance prévenus"],
  ["no_answer", "L'enfant ne répond plus"],
  ["other_matter", "Autre demande"],
];
