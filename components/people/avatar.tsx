import type { Person } from "@/lib/auth/person";
import { Initials } from "./initials";

/** What a disc shows of a person. */
export type Depicted = Pick<Person, "name" | "username" | "avatarUrl">;

/** The signed-in person's own picture, or initials while there is none. `size` is in pixels. */
export function Avatar({ person, size }: { person: Depicted; size: number }) {
  return (
    <span className="relative shrink-0">
      <Initials name={person.name} username={person.username} size={size} />
      {person.avatarUrl && (
        <img
          src={person.avatarUrl}
          alt=""
          width={size}
          height={size}
          fetchPriority="low"
          className="absolute inset-0 size-full rounded-full object-cover"
        />
      )}
    </span>
  );
}
