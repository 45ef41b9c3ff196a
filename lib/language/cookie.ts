/** Keeps the language that a person has chosen, in this browser. */
export const languageCookieName = "keepsake-language";
