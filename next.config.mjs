/** @type {import('next').NextConfig} */
export default {
  output: "standalone",
  poweredByHeader: false,
  reactStrictMode: true,
  // Pictures are scaled once, when they are made.
  images: { unoptimized: true },
  // The embedded engine's worker thread is started from its source file: it must lie beside the server.
  outputFileTracingIncludes: { "/**": ["./lib/generators/embedded/**/*.ts"] },
  devIndicators: false,
  // The same machine by its other name.
  allowedDevOrigins: ["127.0.0.1"],
};
