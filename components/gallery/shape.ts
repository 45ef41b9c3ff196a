import type { RefCallback } from "react";

type Shape = { width: number; height: number };

/** Class of a size: `ShapeRules` gives the offered sizes their ratio before any script runs. */
export function shapeClass({ width, height }: Shape): string {
  return `tile shape-${width}x${height}`;
}

/** Gives an element its true shape by script: for sizes that no rule was rendered for. */
export function shapeRef({ width, height }: Shape): RefCallback<HTMLElement> {
  return (element) => {
    if (!element) return;
    element.style.setProperty("--ratio", ratio({ width, height }));
    element.style.setProperty("--span", span({ width, height }));
  };
}

/** The CSS rule of a size. */
export function shapeRule({ width, height }: Shape): string {
  return `.shape-${width}x${height}{--ratio:${ratio({ width, height })};--span:${span({ width, height })}}`;
}

function ratio({ width, height }: Shape): string {
  return (width / height).toFixed(4);
}

/** Rows in a phone's column, which is 100 rows wide; four more are the gap beneath. */
function span({ width, height }: Shape): string {
  return String(Math.round((100 * height) / width) + 4);
}
