/** The frame's secret and its one question to the server. */

export type HandoffSecret = { verifier: string; challenge: string };

/** A verifier of 32 random bytes and its S256 challenge, both base64url (RFC 7636, 4). */
export async function newHandoffSecret(): Promise<HandoffSecret> {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return { verifier, challenge: base64url(new Uint8Array(hash)) };
}

/**
 * Whether the session is there yet. `done` only when the browser has kept its cookie; `wait` also while the line is down or
 * the server has too much to do.
 */
export async function claim(verifier: string): Promise<"done" | "wait" | "ended" | "unknown" | "unkept"> {
  try {
    const headers = { "content-type": "application/json" };
    const answer = await fetch("/api/handoff", { method: "POST", headers, body: JSON.stringify({ verifier }) });
    if (answer.status === 410) return "ended";
    if (answer.status === 404) return "unknown";
    if (answer.status !== 200) return "wait";
    return (await fetch("/api/me")).ok ? "done" : "unkept";
  } catch {
    return "wait";
  }
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
}
