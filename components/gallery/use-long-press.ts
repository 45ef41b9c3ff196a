import { type PointerEvent, useRef } from "react";

/** How long a finger rests, in ms, and how far it may move meanwhile, in px. */
const longEnough = 450;
const still = 10;

/** A finger that rests on something. `wasLong` says of the click that follows that it was no tap. */
export function useLongPress(act: () => void) {
  const press = useRef({ timer: undefined as ReturnType<typeof setTimeout> | undefined, x: 0, y: 0, wasLong: false });
  const end = () => clearTimeout(press.current.timer);
  return {
    wasLong: () => press.current.wasLong,
    handlers: {
      onPointerDown({ pointerType, clientX, clientY }: PointerEvent) {
        press.current = { timer: undefined, x: clientX, y: clientY, wasLong: false };
        if (pointerType !== "touch") return;
        press.current.timer = setTimeout(() => {
          press.current.wasLong = true;
          act();
        }, longEnough);
      },
      onPointerMove({ clientX, clientY }: PointerEvent) {
        if (Math.hypot(clientX - press.current.x, clientY - press.current.y) > still) end();
      },
      onPointerUp: end,
      onPointerCancel: end,
    },
  };
}
