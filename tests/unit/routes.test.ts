import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { handledMethods } from "@/lib/http/handlers";
import { addressOf, methods, routes } from "../support/routes.ts";

/** The address of a file of `app`, without its groups of routes. */
const addressOfFile = (file: string) =>
  path
    .dirname(`/${path.relative("app", file)}`)
    .split(path.sep)
    .filter((segment) => !/^\(.*\)$/.test(segment))
    .join("/") || "/";

const files = readdirSync("app", { recursive: true, encoding: "utf8" }).map((file) => path.join("app", file));
const addresses = (name: string) =>
  files.filter((file) => path.basename(file) === name).map((file) => [addressOfFile(file), file] as const);

test("every page and every route handler has an entry in the table of routes, and every entry a file", () => {
  const found = [...addresses("page.tsx"), ...addresses("route.ts")].map(([address]) => address);
  expect(found.length).toBeGreaterThan(10);
  expect(found.sort()).toEqual(Object.keys(routes).sort());
});

test("the table names exactly the methods that a route handler exports", () => {
  for (const [address, file] of addresses("route.ts")) {
    const source = readFileSync(file, "utf8");
    const exported = methods.filter((method) =>
      new RegExp(`export (?:const|async function|function) ${method}\\b|export \\{[^}]*\\b${method}\\b`).test(source),
    );
    expect(exported, address).toEqual(routes[address]?.methods);
  }
});

test("the proxy lets through exactly what route handlers export, HEAD with GET, and nothing that only looks like one", () => {
  for (const [address, { kind, methods: exported }] of Object.entries(routes)) {
    const [get, ...others] = exported.toSorted((a, b) => Number(b === "GET") - Number(a === "GET"));
    const expected = get === "GET" ? ["GET", "HEAD", ...others] : exported;
    expect(handledMethods(addressOf(address, "some-id")), address).toEqual(kind === "page" ? null : expected);
  }
  for (const address of [
    "/api",
    "/api/me/",
    "/api/generations/a/b",
    "/api/generations//image",
    "/login/callback/x",
    "/awell-known/oauth-cimd",
  ])
    expect(handledMethods(address), address).toBeNull();
});
