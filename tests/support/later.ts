/** Preloaded into a server under test: at SIGUSR2 its clock jumps six minutes ahead. */
const now = Date.now;
let ahead = 0;
Date.now = () => now() + ahead;
process.on("SIGUSR2", () => {
  ahead += 6 * 60_000;
});
