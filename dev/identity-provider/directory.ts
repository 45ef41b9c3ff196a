/** Who exists: the people offered on the consent page, and everyone who has signed in by name since the start. */
import { isUsername, type Person, personNamed } from "./people.ts";

export class Directory {
  readonly offered: readonly Person[];
  readonly #bySubject = new Map<string, Person>();
  /** Organizations opened on the consent page, by grant. */
  readonly #opened = new Map<string, readonly string[]>();

  constructor(offered: readonly Person[]) {
    this.offered = offered;
    for (const person of offered) this.#bySubject.set(person.sub, person);
  }

  bySubject(sub: string): Person | undefined {
    return this.#bySubject.get(sub);
  }

  /** The person of this user name, created when new; undefined when it is no user name. */
  byUsername(username: string): Person | undefined {
    const offered = this.offered.find((person) => person.username.toLowerCase() === username.toLowerCase());
    if (offered || !isUsername(username)) return offered;
    const person = personNamed(username);
    const known = this.#bySubject.get(person.sub) ?? person;
    this.#bySubject.set(known.sub, known);
    return known;
  }

  openOrganizations(grantId: string, subjects: readonly string[]): void {
    this.#opened.set(grantId, subjects);
  }

  openedOrganizations(grantId: string | undefined): readonly string[] {
    return this.#opened.get(grantId ?? "") ?? [];
  }
}
