import { readFileSync } from "node:fs";
import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { Failure } from "@/lib/http/errors";
import { problemPage } from "@/lib/http/problem-page";

const page = problemPage("problem.tryAgain", () => "/login?next=%2F");
const answer = async (headers: Record<string, string>) => {
  const request = new NextRequest("http://localhost:7860/login", { headers });
  return (await page(new Failure("provider_unreachable"), "abc123", request).text()).replaceAll("\n", " ");
};

test("a page of a problem looks as app/tokens.css says, and has no colours of its own", async () => {
  const html = await answer({});
  expect(html).toContain(readFileSync("app/tokens.css", "utf8").replaceAll("\n", " "));
  expect(readFileSync("lib/http/problem-page.ts", "utf8")).not.toMatch(/oklch\(|:#[0-9a-f]{3}/);
});

test("it speaks the language that was chosen, or that the browser asks for", async () => {
  const english = await answer({ "accept-language": "en" });
  expect(english).toMatch(/<html lang="en" dir="ltr">.*<h1>Hugging Face could not be reached\.<\/h1>.*>Try again<.*Error id abc123/);
  for (const [accepted, cookie] of [
    ["de-CH", ""],
    ["en", "keepsake-language=de"],
  ] as const)
    expect(await answer({ "accept-language": accepted, cookie })).toMatch(
      /<html lang="de".*<h1>Hugging Face war nicht zu erreichen\.<\/h1>.*>Nochmal versuchen</,
    );
});
