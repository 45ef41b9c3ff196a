/** @type {import('next').NextConfig} */
export default {
  output: "standalone",
  poweredByHeader: false,
  reactStrictMode: true,
  // Pictures are scaled once, when they are made.
  images: { unoptimized: true },
  // Worker threads are started from their source files: they must lie beside the server.
  outputFileTracingIncludes: { "/**": ["./lib/generators/embedded/**/*.ts", "./lib/storage/volume/*.ts"] },
  devIndicators: false,
  // The same machine by its other name.
  allowedDevOrigins: ["127.0.0.1"],
};
