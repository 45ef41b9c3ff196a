/** Written into every manifest, so that one can later tell what made a file; the same as in package.json. */
export const appVersion = "0.1.0";
