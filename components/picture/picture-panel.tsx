import { PictureActions, type PictureActionsProps } from "./picture-actions";
import { PictureFacts } from "./picture-facts";
import { PictureWords } from "./picture-words";

/** What stands beside a picture: its words, what one can do with it, and everything that is known about it. */
export function PicturePanel({ longestTitle, ...props }: PictureActionsProps & { longestTitle: number }) {
  const { item, onChanged } = props;
  return (
    <div className="flex min-w-0 flex-col gap-7">
      <PictureWords key={`words ${item.id}`} item={item} longestTitle={longestTitle} onChanged={onChanged} />
      <PictureActions key={`actions ${item.id}`} {...props} />
      <PictureFacts item={item} />
    </div>
  );
}
