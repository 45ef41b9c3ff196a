/** `npm run verify-archive`: reads everything that is kept, reports what is wrong, and with `--repair` sets aside what is damaged. */
import { openStore, placeOfStore } from "@/lib/gallery/store";
import { verifyArchive } from "@/lib/gallery/verify";

const parameters = process.argv.slice(2);
const repair = parameters.includes("--repair");

try {
  if (parameters.some((parameter) => parameter !== "--repair")) throw new Error("The only option is --repair.");
  console.log(`Reading ${placeOfStore()}`);
  const { people, items, documents, bytes, erased, problems, moved } = await verifyArchive(await openStore(), {
    repair,
    onProblem: ({ kind, name, why }) => console.log(`${kind}: ${name} ${why}`),
  });
  console.log(`Whole pictures: ${items}, collections and links: ${documents}, of people: ${people}, bytes: ${bytes}, erased: ${erased}`);
  console.log(
    Object.entries(problems)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(", "),
  );
  if (repair) console.log(`${moved} objects were moved to quarantine/.`);
  process.exitCode = problems.unreadable > 0 || (problems.damaged > 0 && !repair) ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
