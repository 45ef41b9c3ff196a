import { describe, expect, it } from "vitest";
import { parseConfig } from "@/lib/config";

const space = {
  SPACE_ID: "ada/keepsake",
  SPACE_HOST: "ada-keepsake.hf.space",
  OAUTH_CLIENT_ID: "client",
  OAUTH_CLIENT_SECRET: "a client secret",
  OPENID_PROVIDER_URL: "https://huggingface.co",
};

describe("settings", () => {
  it("needs none: the app runs, and sign-in says what is missing", () => {
    const parsed = parseConfig({});
    expect(parsed.oauth).toBeNull();
    expect(parsed.missingForSignIn).toEqual(["OAUTH_CLIENT_ID", "OAUTH_CLIENT_SECRET"]);
    expect(parsed.origin).toBe("http://localhost:7860");
  });

  it("takes what a Space gives, with nothing set by hand", () => {
    const parsed = parseConfig(space);
    expect(parsed).toMatchObject({
      origin: "https://ada-keepsake.hf.space",
      spaceName: "ada/keepsake",
      dataDir: "/data",
      missingForSignIn: [],
    });
    expect(parsed.oauth).toMatchObject({ clientId: "client", scopes: "openid profile", issuer: "https://huggingface.co" });
  });

  it("treats the first host of a custom domain's list as canonical and accepts them all", () => {
    const parsed = parseConfig({ ...space, SPACE_HOST: "keepsake.example, ada-keepsake.hf.space" });
    expect(parsed.origin).toBe("https://keepsake.example");
    expect(parsed.origins).toEqual(["https://keepsake.example", "https://ada-keepsake.hf.space"]);
  });

  it("derives the session secret from the client secret, the same after a restart and another for another Space", () => {
    const secret = parseConfig(space).oauth?.sessionSecret;
    expect(secret).toHaveLength(43);
    expect(parseConfig(space).oauth?.sessionSecret).toBe(secret);
    expect(parseConfig({ ...space, OAUTH_CLIENT_SECRET: "another" }).oauth?.sessionSecret).not.toBe(secret);
  });

  it("counts empty values as absent and drops a trailing slash of the issuer", () => {
    expect(parseConfig({ ...space, OAUTH_CLIENT_SECRET: " " }).oauth).toBeNull();
    expect(parseConfig({ ...space, OPENID_PROVIDER_URL: "http://localhost:7861/" }).oauth?.issuer).toBe("http://localhost:7861");
  });

  it("names settings that cannot be used, without their values", () => {
    const broken = () => parseConfig({ APP_URL: "not an address", AUTH_SECRET: "short-secret", OAUTH_CALLBACK_PATH: "/evil" });
    expect(broken).toThrow(/APP_URL.*AUTH_SECRET|AUTH_SECRET.*APP_URL/s);
    expect(broken).toThrow(/OAUTH_CALLBACK_PATH/);
    expect(broken).not.toThrow(/short-secret|not an address/);
  });

  it("keeps the archive in a bucket when one is named, and says what is missing for that", () => {
    const keys = { S3_ACCESS_KEY_ID: "key", S3_SECRET_ACCESS_KEY: "secret" };
    expect(parseConfig({ ...space, ...keys }).s3).toBeNull();
    expect(parseConfig({ ...space, ...keys, S3_BUCKET: "pictures" }).s3).toMatchObject({ endpoint: null, prefix: "", missing: [] });
    expect(parseConfig({ ...space, ...keys, S3_BUCKET: "pictures", S3_PREFIX: "/our/own" }).s3?.prefix).toBe("our/own/");
    expect(parseConfig({ ...space, S3_BUCKET: "pictures" }).s3?.missing).toEqual(["S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"]);
    for (const S3_PREFIX of ["../up", "a//b", "a b"]) expect(() => parseConfig({ S3_BUCKET: "pictures", S3_PREFIX })).toThrow(/S3_PREFIX/);
  });

  it("knows the Space that makes pictures, its endpoint with or without a slash, and nothing that could be an address", () => {
    expect(parseConfig({ GRADIO_ENDPOINT: "/infer" }).gradioSpace).toBeNull();
    expect(parseConfig({ GRADIO_SPACE: "owner/name" }).gradioSpace).toEqual({ name: "owner/name", endpoint: "/predict" });
    expect(parseConfig({ GRADIO_SPACE: "owner/na.me", GRADIO_ENDPOINT: "infer" }).gradioSpace?.endpoint).toBe("/infer");
    for (const GRADIO_SPACE of ["name", "https://owner.hf.space", "../up", "a/b/c", "a/../b", "owner/name?x"])
      expect(() => parseConfig({ GRADIO_SPACE }), GRADIO_SPACE).toThrow(/GRADIO_SPACE/);
    for (const GRADIO_ENDPOINT of ["//evil", "a/b", "/in fer", "/"])
      expect(() => parseConfig({ GRADIO_SPACE: "owner/name", GRADIO_ENDPOINT }), GRADIO_ENDPOINT).toThrow(/GRADIO_ENDPOINT/);
  });
});
