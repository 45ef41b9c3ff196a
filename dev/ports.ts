/** Ports of this machine. */
import { type AddressInfo, createServer } from "node:net";

/** A port that nothing listens on at the moment. */
export async function freePort(): Promise<number> {
  const port = await tryPort(0);
  if (port === null) throw new Error("This machine has no free port.");
  return port;
}

/**
 * The port as a number.
 * @throws Error with one sentence that says what to do when it is taken or is no port
 */
export async function checkedPort(text: string): Promise<number> {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`PORT is a whole number from 1 to 65535, not ${JSON.stringify(text)}.`);
  if ((await tryPort(port)) === null) {
    throw new Error(`Port ${port} is taken: stop what runs there, or set PORT to another number, such as ${port + 1}.`);
  }
  return port;
}

// On all interfaces, as the app's server listens; a program that holds only the loopback one is in its way all the same.
async function tryPort(port: number): Promise<number | null> {
  const everywhere = await listenOnce(port);
  return everywhere === null ? null : listenOnce(everywhere, "127.0.0.1");
}

function listenOnce(port: number, host?: string): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen({ port, host }, () => {
      const { port: taken } = server.address() as AddressInfo;
      server.close(() => resolve(taken));
    });
  });
}
