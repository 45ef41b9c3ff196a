/** Avatars for people who have no picture: an initial on a colour of their own. */
import { createHash } from "node:crypto";
import sharp from "sharp";

const drawn = new Map<string, Promise<Buffer>>();

/** The avatar of a name as a PNG of 200×200 pixels; drawn once. */
export function avatarOf(username: string): Promise<Buffer> {
  const known = drawn.get(username) ?? draw(username);
  drawn.set(username, known);
  return known;
}

async function draw(username: string): Promise<Buffer> {
  const hue = (createHash("sha256").update(username).digest().readUInt16BE(0) / 65_536) * 360;
  // `username` has passed isUsername: letters, digits and hyphens need no escaping.
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200">
    <linearGradient id="g" x1="0" y1="0" x2="1" y2="1">
      <stop offset="0" stop-color="hsl(${hue}, 62%, 62%)"/><stop offset="1" stop-color="hsl(${hue + 40}, 58%, 46%)"/>
    </linearGradient>
    <rect width="200" height="200" fill="url(#g)"/><circle cx="158" cy="42" r="70" fill="white" opacity="0.14"/>
    <text x="100" y="136" text-anchor="middle" font-family="sans-serif" font-size="104" font-weight="600" fill="white">${initial(username)}</text>
  </svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

function initial(username: string): string {
  return username.slice(0, 1).toUpperCase();
}
