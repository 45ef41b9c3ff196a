import type { WallPicture } from "@/lib/wall";

const drifts = ["drift-up -mt-24", "drift-down -mt-10", "drift-up -mt-40"];

/** Pictures that the built-in engine made, in three columns that run off the page. */
export function PictureWall({ pictures, language }: { pictures: readonly WallPicture[]; language: keyof WallPicture["alt"] }) {
  return (
    // Columns that have their width before the pictures of the next one are there.
    <div className="grid grid-cols-3 items-start gap-2">
      {intoColumns(pictures, drifts.length).map((column, index) => (
        <div key={column[0]?.src ?? index} className={`flex min-w-0 flex-col gap-2 ${drifts[index]}`}>
          {column.map(({ src, small, width, height, alt }, place) => (
            <img
              key={src}
              src={src}
              srcSet={`${small} ${Math.round(width / 2)}w, ${src} ${width}w`}
              sizes="(width >= 64rem) 18vw, calc((100vw - 2.5rem) / 3)"
              alt={alt[language]}
              width={width}
              height={height}
              decoding="async"
              // Those that one sees first come before the style sheet, the others after the scripts.
              fetchPriority={place === 0 ? "auto" : "low"}
              className="picture-ground h-auto w-full"
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** Each picture goes to the column that is shortest so far. */
function intoColumns(pictures: readonly WallPicture[], count: number): WallPicture[][] {
  const columns = Array.from({ length: count }, () => ({ pictures: [] as WallPicture[], height: 0 }));
  for (const picture of pictures) {
    const shortest = columns.reduce((best, column) => (column.height < best.height ? column : best));
    shortest.pictures.push(picture);
    shortest.height += picture.height / picture.width;
  }
  return columns.map((column) => column.pictures);
}
