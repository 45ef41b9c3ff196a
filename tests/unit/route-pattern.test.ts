import { NextRequest } from "next/server";
import { expect, test, vi } from "vitest";
import { publicRoute } from "@/lib/http/route";
import { patternOf } from "@/lib/http/route-pattern";

test("an address is shown as the folder of its route is named", () => {
  const token = "Aa0_-".repeat(6);
  expect(patternOf(`/s/${token}/x9/image`, { token, picture: "x9" })).toBe("/s/[token]/[picture]/image");
  for (const address of ["/", "/api/auth/callback/huggingface", "/.well-known/oauth-cimd", "/gallery/trash"]) {
    expect(patternOf(address)).toBe(address);
  }
  expect(patternOf("/gallery/hf_oauth_x/Secret/and/so/on")).toBe("/gallery/[…]/[…]/and");
});

test("a link that is spelled with escapes is opened by its secret, which the log shows in neither spelling", async () => {
  const written = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const token = "A1bcdefghijklmnopqrstuvwxyzABCDEF".slice(0, 32);
  const route = publicRoute<{ token: string }>({}, async () => null);
  for (const spelling of [token, token.replace("A", "%41")]) {
    const request = new NextRequest(`https://keepsake.example/s/${spelling}`);
    await route(request, { params: Promise.resolve({ token }) });
  }
  const lines = written.mock.calls.map(([line]) => String(line));
  expect(lines.map((line) => (JSON.parse(line) as { request: string }).request)).toEqual(["GET /s/[token]", "GET /s/[…]"]);
  expect(lines.join()).not.toContain(token.slice(1));
});
