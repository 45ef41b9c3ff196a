/** The corpus of return addresses: everything that was ever used to lead a person away after signing in. */

/** Refused wherever they stand. @param origin that of the app */
export function notOurs(origin: string): string[] {
  const { host, hostname, protocol } = new URL(origin);
  return [
    ...["//evil.example", "///evil.example", "////evil.example", "//////evil.example", "/\\evil.example", "/\\/evil.example"],
    ...["https:evil.example", "https:/evil.example", "https:\\\\evil.example", "\\\\evil.example"],
    ...["https://evil.example/steal", `https://evil.example#${host}`, "https://huggingface.co.evil", "https://huggingface.co/"],
    ...[`${protocol}//${host}@evil.example/`, `${protocol}//${host}.evil.example`, `${protocol}//user:pw@${host}/x`],
    ...[`${protocol}//${hostname}:8443/`, `${protocol === "http:" ? "https" : "http"}://${host}/x`, `blob:${origin}/x`, `${origin}/x`],
    ...["javascript:alert(1)", "data:text/html,x", " //evil.example", "\t//evil.example", " /gallery", "\t/gallery"],
    ...["@evil.example", ".evil.example", "?x", "%0d%0aSet-Cookie:x", "/\r\nSet-Cookie:x", "/\t/evil", "/\n/evil", "/\u0000/"],
    ...["/a/..//evil.example", "/api/auth/signout", "/login", "/logout", `/${"x".repeat(6000)}`, "", "null"],
  ];
}

/** Kept, because they are paths of ours, with what becomes of them. */
export const harmless: readonly (readonly [asked: string, end: string])[] = [
  ["/gallery?a=1#b", "/gallery?a=1#b"],
  ["/%2f%2fevil", "/%2f%2fevil"],
  ["/%5cevil", "/%5cevil"],
  ["/@evil", "/@evil"],
  ["/%0d%0aSet-Cookie:x", "/%0d%0aSet-Cookie:x"],
  ["/／evil.example", "/%EF%BC%8Fevil.example"],
  ["/account?code=a&state=b&__sign=c", "/account"],
];
