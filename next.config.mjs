/** @type {import('next').NextConfig} */
export default {
  output: "standalone",
  poweredByHeader: false,
  reactStrictMode: true,
  // Every page is rendered per request and compressed by whatever stands in front of it; images are already compressed.
  images: { unoptimized: true },
  // The embedded engine's worker thread is started from its source file: it must lie beside the server.
  outputFileTracingIncludes: { "/**": ["./lib/generators/embedded/**/*.ts"] },
  devIndicators: false,
};
