/** A catalog of another version is not migrated but made anew from the archive. */
export const schemaVersion = 7;

/**
 * Times are milliseconds since 1970. `key` is in the order of making, so that what the words lead to is in that order too. `words` holds
 * no texts, only where each word of what is not in the trash occurs. Every view of a gallery has an index of its own that begins with the owner and is in the order of
 * the pages; counts are kept by triggers, in the same transaction as what they count, so that a total costs the same for any gallery.
 * `made_items` begins with what pictures were made with, so that this is known without reading them; `model` is empty where there is none.
 * `members` holds the keys of the pictures of each collection that are not in the trash, kept by triggers, too.
 * `progress` counts what has changed since the newest snapshot that is known.
 */
export const schema = `
  CREATE TABLE items (
    key INTEGER PRIMARY KEY,
    owner TEXT NOT NULL,
    id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    favorite INTEGER NOT NULL,
    title TEXT,
    trashed_at INTEGER,
    collections TEXT NOT NULL,
    mark_count INTEGER NOT NULL,
    newest_mark INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    generator TEXT NOT NULL,
    model TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    manifest TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX item_by_id ON items (id, owner);
  CREATE INDEX present_items ON items (owner, created_at DESC, id DESC) WHERE trashed_at IS NULL;
  CREATE INDEX favorite_items ON items (owner, created_at DESC, id DESC) WHERE trashed_at IS NULL AND favorite = 1;
  CREATE INDEX trashed_items ON items (owner, created_at DESC, id DESC) WHERE trashed_at IS NOT NULL;
  CREATE INDEX found_items ON items (owner, key, favorite, generator, model, width, height) WHERE trashed_at IS NULL;
  CREATE INDEX made_items ON items (owner, generator, model, key, favorite, width, height) WHERE trashed_at IS NULL;
  CREATE VIRTUAL TABLE words USING fts5(text, content = '', contentless_delete = 1, prefix = '17 18', tokenize = 'ascii');

  CREATE TABLE counts (
    owner TEXT NOT NULL,
    trashed INTEGER NOT NULL,
    favorite INTEGER NOT NULL,
    items INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (owner, trashed, favorite)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER item_added AFTER INSERT ON items BEGIN
    INSERT INTO counts VALUES (new.owner, new.trashed_at IS NOT NULL, new.favorite, 1, new.bytes)
      ON CONFLICT DO UPDATE SET items = items + 1, bytes = bytes + new.bytes;
  END;
  CREATE TRIGGER item_removed AFTER DELETE ON items BEGIN
    UPDATE counts SET items = items - 1, bytes = bytes - old.bytes
      WHERE owner = old.owner AND trashed = (old.trashed_at IS NOT NULL) AND favorite = old.favorite;
  END;
  CREATE TRIGGER item_marked AFTER UPDATE OF favorite, trashed_at ON items BEGIN
    UPDATE counts SET items = items - 1, bytes = bytes - old.bytes
      WHERE owner = old.owner AND trashed = (old.trashed_at IS NOT NULL) AND favorite = old.favorite;
    INSERT INTO counts VALUES (new.owner, new.trashed_at IS NOT NULL, new.favorite, 1, new.bytes)
      ON CONFLICT DO UPDATE SET items = items + 1, bytes = bytes + new.bytes;
  END;

  CREATE TABLE documents (
    owner TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    account TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    fields TEXT NOT NULL,
    edit_count INTEGER NOT NULL,
    newest_edit INTEGER NOT NULL,
    PRIMARY KEY (owner, kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX document_by_id ON documents (id, owner);
  CREATE UNIQUE INDEX share_by_token ON documents (fields ->> 'token', owner) WHERE kind = 'share';
  CREATE TABLE members (
    owner TEXT NOT NULL,
    collection TEXT NOT NULL,
    key INTEGER NOT NULL,
    PRIMARY KEY (owner, collection, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX member_by_key ON members (key, owner);
  CREATE TRIGGER member_added AFTER INSERT ON items WHEN new.trashed_at IS NULL AND new.collections <> '{}' BEGIN
    INSERT INTO members SELECT new.owner, each.key, new.key FROM json_each(new.collections) AS each WHERE each.value = 1;
  END;
  CREATE TRIGGER member_removed AFTER DELETE ON items WHEN old.collections <> '{}' BEGIN
    DELETE FROM members WHERE key = old.key;
  END;
  CREATE TRIGGER member_marked AFTER UPDATE OF collections, trashed_at ON items
    WHEN new.collections <> old.collections OR (new.trashed_at IS NULL) <> (old.trashed_at IS NULL) BEGIN
    DELETE FROM members WHERE key = new.key;
    INSERT INTO members SELECT new.owner, each.key, new.key FROM json_each(new.collections) AS each
      WHERE each.value = 1 AND new.trashed_at IS NULL;
  END;

  CREATE TABLE erased (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE erased_accounts (account TEXT PRIMARY KEY, before INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TRIGGER document_erased AFTER INSERT ON erased BEGIN
    DELETE FROM documents WHERE id = new.id;
  END;
  CREATE TRIGGER documents_erased AFTER INSERT ON erased_accounts BEGIN
    DELETE FROM documents WHERE account = new.account AND created_at <= new.before;
  END;
  CREATE TRIGGER documents_erased_later AFTER UPDATE ON erased_accounts BEGIN
    DELETE FROM documents WHERE account = new.account AND created_at <= new.before;
  END;
  CREATE TABLE quarantined (id TEXT PRIMARY KEY, attempts INTEGER NOT NULL, next_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE progress (changes INTEGER NOT NULL, snapshot_at INTEGER) STRICT;
  INSERT INTO progress VALUES (0, NULL);
  CREATE TABLE archive (id TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${schemaVersion};
`;
