"use client";

import { SignInBadge, type SignInBadgeProps } from "@/components/sign-in-badge";
import { FrameSignIn } from "./frame-sign-in";
import { useSecureFrame } from "./use-secure-frame";

/** @param embedded whether the server knows that this is shown in a frame: then the page is right before scripts run, and without any */
export function SignIn({ embedded, ...badge }: SignInBadgeProps & { embedded: boolean }) {
  const inFrame = useSecureFrame();
  return embedded || inFrame ? <FrameSignIn {...badge} /> : <SignInBadge {...badge} />;
}
