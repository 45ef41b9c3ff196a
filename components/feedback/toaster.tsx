"use client";

import { X } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { useWords } from "@/components/language/words-provider";
import { MessagePlace, placeInDialog } from "./message-place";

type Toast = { key: number; message: string; action?: { label: string; run: () => void }; group?: string };
/**
 * A message replaces the one of the same group that is still there, and any that was only to be read; what can still be undone stays beside it.
 */
type ShowToast = (message: string, action?: Toast["action"], group?: string) => void;

const ToastContext = createContext<ShowToast>(() => undefined);

/** Shows a short message at the lower edge, with at most one action; it stays while pointed at or focused. */
export function useToast(): ShowToast {
  return useContext(ToastContext);
}

let lastKey = 0;

export function Toaster({ children }: { children: ReactNode }) {
  const { say } = useWords();
  const [toasts, setToasts] = useState<Toast[]>([]);
  const [place, setPlace] = useState<Element | null>(null);
  useEffect(() => {
    // What is still there goes along when a dialog opens, and stays when it closes. Neither event bubbles.
    const move = () => setPlace(placeInDialog());
    for (const event of ["toggle", "close"]) addEventListener(event, move, true);
    return () => {
      for (const event of ["toggle", "close"]) removeEventListener(event, move, true);
    };
  }, []);
  const show = useCallback<ShowToast>((message, action, group = message) => {
    lastKey += 1;
    const toast: Toast = { key: lastKey, message, group, ...(action && { action }) };
    setPlace(placeInDialog());
    setToasts((shown) => [...shown.filter((other) => other.action && other.group !== group).slice(-1), toast]);
  }, []);
  const hide = useCallback((key: number) => setToasts((shown) => shown.filter((toast) => toast.key !== key)), []);
  const list = (
    <ul className={`flex flex-col items-center gap-2 ${toasts.length > 0 ? "p-4" : ""}`}>
      {toasts.map((toast) => (
        <ToastNote key={toast.key} toast={toast} hide={hide} />
      ))}
    </ul>
  );
  return (
    <ToastContext value={show}>
      {children}
      <MessagePlace label={say("frame.messages")}>{!place && list}</MessagePlace>
      {place && createPortal(list, place)}
    </ToastContext>
  );
}

/** How long a message stays, in ms. */
export const timeToRead = 8000;

function ToastNote({ toast, hide }: { toast: Toast; hide: (key: number) => void }) {
  const { say } = useWords();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => hide(toast.key), timeToRead);
    return () => clearTimeout(timer);
  }, [held, hide, toast.key]);
  const { action } = toast;
  return (
    <li
      className="rise pointer-events-auto flex max-w-full items-center gap-1 rounded-large bg-ink py-1 pr-1 pl-5 text-small text-paper shadow-lift"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p className="py-2 pr-3">{toast.message}</p>
      {action && (
        <button
          type="button"
          className="min-h-11 rounded-full px-4 font-semibold underline decoration-accent decoration-2 underline-offset-4"
          onClick={() => {
            action.run();
            hide(toast.key);
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        aria-label={say("frame.dismiss")}
        className="grid size-11 place-items-center rounded-full"
        onClick={() => hide(toast.key)}
      >
        <X size={16} aria-hidden />
      </button>
    </li>
  );
}
