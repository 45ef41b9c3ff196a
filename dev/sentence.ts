/** Runs a script's main function; a failure becomes one sentence on the terminal and exit code 1. */
export async function orOneSentence(main: () => Promise<unknown>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
