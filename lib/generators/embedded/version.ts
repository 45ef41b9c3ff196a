/** Changes whenever the same request would give other pixels: the golden hashes of the tests then change with it. */
export const engineVersion = 2;
