/** After `next build`: makes `.next/standalone` complete, with the files that Next.js leaves for a CDN to serve. */
import { cp } from "node:fs/promises";

await cp("public", ".next/standalone/public", { recursive: true });
await cp(".next/static", ".next/standalone/.next/static", { recursive: true });
