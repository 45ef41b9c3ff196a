/** "1 picture", "1,204 pictures". */
export function countPictures(count: number): string {
  return `${new Intl.NumberFormat("en").format(count)} ${count === 1 ? "picture" : "pictures"}`;
}
