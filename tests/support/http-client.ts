/** A browser without a screen: fetch that keeps cookies by host and path and follows redirects only when told to. */
type Cookie = { name: string; value: string; host: string; path: string };

export type HttpClient = {
  /** One request; never follows a redirect. A relative address is resolved against the address of the last page. */
  request(address: string, init?: RequestInit): Promise<Response>;
  /** A GET that follows redirects, at most ten, keeping cookies on the way. `address` is where it ended. */
  visit(address: string, init?: RequestInit): Promise<{ response: Response; address: string }>;
  cookies(): readonly Cookie[];
  setCookie(cookie: Cookie): void;
};

/** @param send what carries a request to a server; another one than `fetch` can reach hosts that have no address */
export function createHttpClient(start: string, send: (url: URL, init: RequestInit) => Promise<Response> = fetch): HttpClient {
  const jar = new Map<string, Cookie>();
  let current = start;

  async function request(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, current);
    const headers = new Headers(init.headers);
    const fitting = [...jar.values()].filter(({ host, path }) => host === url.hostname && isWithin(url.pathname, path));
    if (fitting.length > 0) headers.set("cookie", fitting.map(({ name, value }) => `${name}=${value}`).join("; "));
    const response = await send(url, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) keep(line, url);
    current = url.href;
    return response;
  }

  async function visit(address: string, init: RequestInit = {}) {
    let response = await request(address, init);
    for (let hops = 0; hops < 10; hops++) {
      const next = response.headers.get("location");
      if (response.status < 300 || response.status >= 400 || next === null) return { response, address: current };
      await response.body?.cancel();
      response = await request(next);
    }
    throw new Error(`more than ten redirects from ${address}`);
  }

  function keep(line: string, url: URL): void {
    const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
    const equals = pair.indexOf("=");
    const attribute = (name: string) => attributes.find((text) => text.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
    const cookie = { name: pair.slice(0, equals), value: pair.slice(equals + 1), host: url.hostname, path: attribute("path") ?? "/" };
    const expires = attribute("expires");
    const gone = Number(attribute("max-age") ?? 1) <= 0 || (expires !== undefined && Date.parse(expires) <= Date.now());
    if (gone) jar.delete(keyOf(cookie));
    else jar.set(keyOf(cookie), cookie);
  }

  return { request, visit, cookies: () => [...jar.values()], setCookie: (cookie) => void jar.set(keyOf(cookie), cookie) };
}

const keyOf = ({ name, host, path }: Cookie) => `${host} ${path} ${name}`;

const isWithin = (pathname: string, path: string) => pathname === path || pathname.startsWith(path.endsWith("/") ? path : `${path}/`);
