import { privateRoute } from "@/lib/http/route";

/** Who is signed in. */
export const GET = privateRoute({}, async ({ person }) => person);
