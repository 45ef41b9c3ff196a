import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { onRequestError } from "@/instrumentation";
import { Failure } from "@/lib/http/errors";
import { logError, logRequest } from "@/lib/http/log";

let written: { stream: "log" | "error"; text: string }[];

beforeEach(() => {
  written = [];
  for (const stream of ["log", "error"] as const) {
    vi.spyOn(console, stream).mockImplementation((text: string) => void written.push({ stream, text }));
  }
});
afterEach(() => vi.unstubAllEnvs());

const line = (index = 0) => JSON.parse(written[index]?.text ?? "null") as Record<string, unknown>;
const answered = { id: "0123456789ab", method: "GET", route: "/api/me", status: 200, milliseconds: 1.6, person: null, failure: null };

describe("the line of a request", () => {
  it("says what was asked and answered, and nothing else", () => {
    logRequest(answered);
    expect(line()).toEqual({ level: "info", time: expect.any(String), id: "0123456789ab", request: "GET /api/me", status: 200, ms: 2 });
    expect(written[0]?.stream).toBe("log");
  });

  it("names the code of what was refused, and causes only of what nobody expected", () => {
    const cause = new Error("the disk said no");
    logRequest({ ...answered, status: 404, failure: new Failure("not_found", { cause }) });
    logRequest({ ...answered, status: 500, failure: new Failure("unexpected", { cause }) });
    expect(line(0)).toMatchObject({ level: "info", code: "not_found" });
    expect(line(0)).not.toHaveProperty("message");
    expect(line(1)).toMatchObject({ level: "error", code: "unexpected", message: "Failure: unexpected < Error: the disk said no" });
    expect(written[1]?.stream).toBe("error");
  });

  it("tells lines of one person apart from another's, not who it is", () => {
    for (const person of ["person-one", "person-one", "person-two"]) logRequest({ ...answered, person });
    expect(line(0).person).toBe(line(1).person);
    expect(line(0).person).not.toBe(line(2).person);
    expect(written.map(({ text }) => text).join()).not.toMatch(/person-one|person-two/);
  });
});

describe("the line of an error", () => {
  it("is one line, without tokens, codes and stacks, however long and odd the message", () => {
    const secrets = "hf_oauth_abc.def-ghi eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.sig https://x/?code=SECRET1&state=SECRET2";
    logError(new Error(`${secrets}\r\n{"level":"forged"}${"x".repeat(5000)}`), "testing");
    expect(written).toHaveLength(1);
    expect(written[0]?.text).not.toMatch(/abc\.def|eyJ|SECRET|\n|log\.test/);
    expect(written[0]?.text.length).toBeLessThan(500);
  });

  it("of a page stands under the digest that the page shows", async () => {
    vi.stubEnv("NEXT_RUNTIME", "nodejs");
    const error = Object.assign(new Error("no such column"), { digest: "4242" });
    const request = { path: "/gallery?q=secret", method: "GET", headers: {} };
    await onRequestError(error, request, {
      routerKind: "App Router",
      routePath: "/gallery",
      routeType: "render",
      renderSource: "react-server-components",
      revalidateReason: undefined,
    });
    expect(line()).toMatchObject({ level: "error", id: "4242", where: "page /gallery", message: "Error: no such column" });
    expect(written[0]?.text).not.toContain("secret");
  });
});
