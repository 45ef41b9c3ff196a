// Clocks of installations differ. What comes from far ahead is refused: it would win against everything that happens here.
const toleranceMs = 24 * 3_600_000;

/** Whether a moment (ms since 1970) lies further ahead than clocks may differ: 24 hours. */
export function isFarAhead(ms: number): boolean {
  return ms > Date.now() + toleranceMs;
}
