/** What lies in `public` or was built: anyone may have it, and nothing about it is private. */
const publicFiles =
  /^\/(?:_next\/static\/|badges\/[^/]+$|wall\/[^/]+$|icons\/[^/]+$|icon\.svg$|apple-icon\.png$|favicon\.ico$|manifest\.webmanifest$)/;

export function isPublicFile(pathname: string): boolean {
  return publicFiles.test(pathname);
}
