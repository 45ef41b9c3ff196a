/** The memory of another process, as Linux counts it. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Whether this machine tells: only Linux does, of processes of one's own. */
export const canWatchMemory = existsSync("/proc/self/clear_refs");

/**
 * From now on, the highest growth of what a process holds in memory.
 * @returns a function that gives it, in MiB
 */
export function watchMemory(pid: number): () => number {
  // proc_pid_clear_refs(5): 5 makes what is resident now the peak.
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
  const before = kibibytes(pid, "VmRSS");
  return () => (kibibytes(pid, "VmHWM") - before) / 1024;
}

function kibibytes(pid: number, field: "VmRSS" | "VmHWM"): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}
