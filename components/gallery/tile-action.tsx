import { createContext, type MouseEvent, type ReactNode, useContext } from "react";

/** Whether the Tab key leads to the buttons of a tile: only to those of the one where the focus is. */
export const TileTabIndex = createContext(0);

type TileActionProps = {
  label: string;
  /** What a click does, where the label only names the state. */
  title?: string;
  /** For one that is on or off. */
  pressed?: boolean;
  onClick: (event: MouseEvent<HTMLElement>) => void;
  children: ReactNode;
};

/** A round button on a picture. */
export function TileAction({ label, title = label, pressed, onClick, children }: TileActionProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      title={title}
      tabIndex={useContext(TileTabIndex)}
      onClick={onClick}
      className="grid size-9 place-items-center rounded-full bg-shade text-on-shade hover:bg-accent hover:text-on-accent"
    >
      {children}
    </button>
  );
}
