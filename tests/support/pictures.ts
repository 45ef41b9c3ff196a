/** Pictures for tests, made over HTTP as the page makes them. */
import { randomUUID } from "node:crypto";
import type { HttpClient } from "./http-client.ts";
import { sendJson } from "./send-json.ts";

export type Picture = { id: string; prompt: string; seed: number; width: number; height: number; imageUrl: string };

/** A person that no other test knows. */
export const newUsername = () => `visitor-${randomUUID().slice(0, 12)}`;

/** Makes a picture and resolves with the item once it is saved. */
export async function makePicture(client: HttpClient, app: string, request: object = {}): Promise<Picture> {
  const wanted = { prompt: "isolation, quiet circles", width: 832, height: 1216, ...request };
  const response = await sendJson(client, "POST", `${app}/api/generations`, wanted);
  if (response.status !== 201) throw new Error(`making a picture answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Picture;
}
