/** Preloaded into a server under test: at SIGUSR2 its clock jumps six minutes ahead. */
const now = Date.now;
let ahead = 0;
Date.now = () => now() + ahead;
// A new Date asks the machine, not Date.now.
globalThis.Date = new Proxy(Date, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [target.now()] : given, newTarget) as Date,
});
process.on("SIGUSR2", () => {
  ahead += 6 * 60_000;
});
