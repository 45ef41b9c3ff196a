/** What the gallery takes at most. Apart from the schemas that say so to the server: a browser that asks for a number needs no zod. */
export const limits = {
  promptCharacters: 4000,
  titleCharacters: 200,
  seed: 4_294_967_295,
  pageSize: 50,
  largestPage: 200,
  /** Pictures that can be changed or downloaded at once. */
  selection: 5000,
  /** Collections of one person, without those that were removed. */
  collections: 200,
  /** Pictures that one person may have waiting or in the making at once. */
  waitingPerPerson: 4,
} as const;
