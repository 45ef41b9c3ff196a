import type { RefCallback } from "react";
import { ratio, type Shape, spanOf } from "./layout";

/** Class of a size: `ShapeRules` gives the offered sizes, and those on the page, their ratio before any script runs. */
export function shapeClass({ width, height }: Shape): string {
  return `tile shape-${width}x${height}`;
}

/** Gives an element its true shape by script: it may have come after the page, in a size that no rule was rendered for. */
export function shapeRef({ width, height }: Shape): RefCallback<HTMLElement> {
  return (element) => {
    if (!element) return;
    element.style.setProperty("--ratio", String(ratio({ width, height })));
    element.style.setProperty("--span", String(spanOf({ width, height })));
  };
}

/** The CSS rules of sizes. */
export function shapeRules(shapes: readonly Shape[]): string {
  return [...new Set(shapes.map(shapeRule))].join("");
}

function shapeRule({ width, height }: Shape): string {
  return `.shape-${width}x${height}{--ratio:${ratio({ width, height })};--span:${spanOf({ width, height })}}`;
}
