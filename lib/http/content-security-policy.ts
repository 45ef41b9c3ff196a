/** The policy of every HTML answer: only our own files and scripts that carry this answer's nonce; framed by Hugging Face alone. */

/** @param nonce base64, fresh for each answer */
export function contentSecurityPolicy(nonce: string, { origin, issuer }: { origin: string; issuer?: string }, development = false): string {
  const secure = origin.startsWith("https:");
  const provider = new URL(issuer ?? "https://huggingface.co").origin;
  return [
    "default-src 'none'",
    // The development server evaluates code for its error overlay.
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // The development server inserts style elements without a nonce.
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "media-src 'self' blob:",
    "manifest-src 'self'",
    "worker-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    // Chromium applies this to redirects after a form as well: from a host of ours, signing in goes over the canonical one to the provider.
    `form-action 'self' ${origin} ${provider}`,
    "frame-ancestors 'self' https://huggingface.co",
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
