/**
 * Leads requests for Hugging Face's hub, its router, its Spaces and the hosts of results to a stand-in on this machine, beneath the code that
 * makes them: it changes the process, and nothing in the product knows of it.
 */
const hosts =
  /^(?:huggingface\.co|router\.huggingface\.co|v3\.fal\.media|replicate\.delivery|d1q70pf5vjeyhc\.cloudfront\.net|mfile\.z\.ai|[\w-]+\.hf\.space)$/;

/** From now on; the function that is returned takes it back. The stand-in finds the host as the first part of the path. */
export function reroute(standIn: string): () => void {
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.protocol !== "https:" || !hosts.test(url.hostname)) return original(input, init);
    const address = `${standIn}/${url.host}${url.pathname}${url.search}`;
    return original(input instanceof Request ? new Request(address, input) : address, init);
  };
  return () => {
    globalThis.fetch = original;
  };
}
