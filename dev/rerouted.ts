/** `node --import ./dev/rerouted.ts`: a process whose models are those of the stand-in at INFERENCE_STAND_IN. */
import { reroute } from "./reroute.ts";

const standIn = process.env.INFERENCE_STAND_IN;
if (standIn) reroute(standIn);
