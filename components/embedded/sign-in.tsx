"use client";

import { useSyncExternalStore } from "react";
import { SignInBadge, type SignInBadgeProps } from "@/components/sign-in-badge";
import { FrameSignIn } from "./frame-sign-in";

const never = () => () => undefined;
// Partitioned cookies and the hash need a secure page; without one the link in a tab is all there is.
const isSecureFrame = () => window.parent !== window && window.location.protocol === "https:";

/** The badge: a link that opens a tab. In a frame, once scripts run, the tab hands its session over to the frame. */
export function SignIn(badge: SignInBadgeProps) {
  const inFrame = useSyncExternalStore(never, isSecureFrame, () => false);
  return inFrame ? <FrameSignIn {...badge} /> : <SignInBadge {...badge} />;
}
