/**
 * What is said when the frame of all pages itself has failed, and nobody can be asked for the language any more: in all of them, word for
 * word as in their files.
 */
export const lastResort = {
  en: {
    "page.broken": "This page could not be shown",
    "page.brokenText": "Your pictures are safe. Try again; if it stays, tell the owner of this Space the error id.",
    "frame.tryAgain": "Try again",
    "frame.details": "Details",
    "frame.error": "Error {id}",
    "frame.errorHere": "The error happened in this browser and has no id.",
  },
  de: {
    "page.broken": "Diese Seite ließ sich nicht anzeigen",
    "page.brokenText":
      "Deine Bilder sind sicher. Versuche es nochmal; wenn es so bleibt, nenne dem Eigentümer dieses Space die Fehlernummer.",
    "frame.tryAgain": "Nochmal versuchen",
    "frame.details": "Einzelheiten",
    "frame.error": "Fehler {id}",
    "frame.errorHere": "Der Fehler ist in diesem Browser entstanden und hat keine Nummer.",
  },
} as const;
