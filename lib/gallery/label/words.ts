/** What a picture says about itself, in the forms that other tools read. */
import type { Generation } from "@/lib/gallery/generation";
import { appVersion } from "@/lib/gallery/version";
import { site } from "@/lib/site";

/** The text that image tools call `parameters`: the prompt, what should not be in it, and one line of settings. */
export function parametersText({ prompt, seed, width, height, model, engine, parameters }: Generation): string {
  const { negativePrompt, steps, guidance } = parameters;
  const settings = [
    ["Steps", steps],
    ["CFG scale", guidance],
    ["Seed", seed],
    ["Size", `${width}x${height}`],
    ["Model", model ?? engine],
    ["Version", `${site.name.replaceAll(/[,\n]/g, " ")} ${appVersion}`],
  ].flatMap(([name, value]) => (value === undefined || value === null ? [] : [`${name}: ${value}`]));
  return [prompt, ...(negativePrompt ? [`Negative prompt: ${negativePrompt}`] : []), settings.join(", ")].join("\n");
}

const sourceTypes = "http://cv.iptc.org/newscodes/digitalsourcetype/";

/** An XMP packet (ISO 16684-1) with the prompt and IPTC's digital source type: a trained model's work is told from plain mathematics. */
export function xmpPacket({ prompt, model, createdAt }: Generation): string {
  const source = `${sourceTypes}${model === null ? "algorithmicMedia" : "trainedAlgorithmicMedia"}`;
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
<Iptc4xmpExt:DigitalSourceType>${source}</Iptc4xmpExt:DigitalSourceType>
<xmp:CreatorTool>${escaped(site.name)} ${appVersion}</xmp:CreatorTool><xmp:CreateDate>${createdAt}</xmp:CreateDate>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escaped(prompt)}</rdf:li></rdf:Alt></dc:description>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
