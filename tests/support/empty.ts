// Stands in for modules that only a bundler understands, such as `server-only`.
export {};
