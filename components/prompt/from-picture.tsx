import { ImageUp } from "lucide-react";
import { buttonClass } from "@/components/button";
import { useToast } from "@/components/feedback/toaster";
import { useWords } from "@/components/language/words-provider";
import { draftOf } from "@/components/making/request-of";
import { generatorOffering } from "@/components/making/use-models";
import { changeDraft } from "./draft";
import { parametersIn, requestIn } from "./read-label";
import type { Size } from "./size-choice";

const largestFile = 64 * 1024 * 1024;

/** Fills the form from a picture that carries the words that made it. The file does not leave the browser. */
export function FromPicture({ sizes }: { sizes: readonly Size[] }) {
  const { say } = useWords();
  const toast = useToast();

  async function fill(file: File) {
    const text = file.size <= largestFile ? parametersIn(new Uint8Array(await file.arrayBuffer())) : null;
    const request = text === null ? null : requestIn(text);
    if (!request?.prompt) return toast(say("prompt.noWords"));
    const size = sizes.find(({ width, height }) => width === request.width && height === request.height);
    const { model, engine: _unknown, ...words } = draftOf({ ...request, prompt: request.prompt, width: 0, height: 0 });
    // With a model that nobody offers here, or without one, the choice stays as it is.
    const engine = model ? await generatorOffering(model) : null;
    changeDraft({ ...words, ...(engine && { engine, model }), ...(size && { size: size.name }) });
    toast(say("prompt.filled"));
  }

  return (
    <label
      className={`${buttonClass("quiet")} has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink`}
    >
      <ImageUp size={16} aria-hidden />
      {say("prompt.fill")}
      <input
        type="file"
        accept="image/png,image/jpeg,image/webp"
        className="sr-only"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = "";
          if (file) void fill(file);
        }}
      />
    </label>
  );
}
