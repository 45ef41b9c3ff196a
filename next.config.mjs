/** @type {import('next').NextConfig} */
export default {
  output: "standalone",
  poweredByHeader: false,
  reactStrictMode: true,
  // Pictures are scaled once, when they are made.
  images: { unoptimized: true },
  // Read as they are: worker threads are started from their source files, and pages of problems carry the tokens.
  outputFileTracingIncludes: { "/**": ["./lib/generators/embedded/**/*.ts", "./lib/storage/volume/*.ts", "./app/tokens.css"] },
  devIndicators: false,
  // The same machine by its other name.
  allowedDevOrigins: ["127.0.0.1"],
};
