/** Reading a session as next-auth's own `auth()` does it, and as this app does: for measuring them side by side. */
import NextAuth, { type NextAuthConfig } from "next-auth";
import { encode } from "next-auth/jwt";
import { openSession } from "@/lib/auth/opened-sessions";

const sessionName = "keepsake-session";
const secret = "s".repeat(43);

const claims = {
  sid: "a".repeat(22),
  sub: "a".repeat(24),
  username: "bench",
  name: "Bench",
  ...{ picture: null, profile: null, website: null, email: null, emailVerified: null, canPay: null, refreshToken: null },
  isPro: false,
  orgs: Array.from({ length: 5 }, (_, n) => [`org-${n}`, `Organization ${n}`, "read"]),
  scope: "openid profile",
  admittedUnder: "",
  accessToken: `hf_oauth_${"x".repeat(600)}`,
  expiresAt: Math.floor(Date.now() / 1000) + 3600,
};

/** What reads one and the same session, without a server around it. */
export async function sessionReaders() {
  const sealed = await encode({ token: claims, secret, salt: sessionName });
  return { plain: plainAuth(sealed), ours: () => openSession(sealed, secret, sessionName) };
}

/** next-auth's own `auth()`, which opens the cookie and seals it anew at every read. */
function plainAuth(sealed: string): () => Promise<unknown> {
  const settings: NextAuthConfig = {
    providers: [],
    secret,
    trustHost: true,
    cookies: { sessionToken: { name: sessionName } },
  };
  const { auth } = NextAuth(settings);
  const headers = { cookie: `${sessionName}=${sealed}`, host: "localhost" };
  return () => auth({ headers } as never, { headers: new Headers() } as never);
}
