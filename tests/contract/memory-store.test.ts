import { describeObjectStore } from "@/tests/contract/object-store";
import { memoryStore } from "@/tests/support/memory-store";

describeObjectStore("memory", async () => {
  const store = memoryStore();
  return {
    store,
    damage: async (name) => void store.unreadable.add(name),
    litter: async (name, bytes) => void store.objects.set(name, bytes),
  };
});
