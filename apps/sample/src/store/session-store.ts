import type { DatabaseSync } from 'node:sqlite';
import { type DataName, isDataName } from '../scopes.ts';
import {
  type FailReason,
  isOpen,
  type NewSession,
  type OpenState,
  type Outcome,
  type Session,
  type SessionLink,
  type SharedItem,
  type State,
} from '../session.ts';
import type { Seal } from './seal.ts';

interface Row {
  readonly id: string;
  readonly owner: string;
  readonly reference: string;
  readonly asked: string;
  readonly state: State;
  readonly reason: FailReason | null;
  readonly version: number;
  readonly created_at: number;
  readonly ended_at: number | null;
  readonly shared: string;
  readonly link: Uint8Array | null;
  readonly items: Uint8Array | null;
}

const stillOpen = 'ended_at IS NULL';

export type SessionStore = ReturnType<typeof createSessionStore>;

/** The sessions in the database. Secrets and personal data are sealed. */
export function createSessionStore(database: DatabaseSync, seal: Seal, now: () => number = Date.now) {
  const insert = database.prepare(`
    INSERT INTO sessions (id, owner, form, reference, asked, state, version, created_at, shared)
    VALUES (?, ?, ?, ?, ?, 'creating', 1, ?, '')`);
  const setLink = database.prepare(`
    UPDATE sessions SET id = ?, link = ?, state = 'initialized' WHERE id = ? AND state = 'creating'`);
  const remove = database.prepare("DELETE FROM sessions WHERE id = ? AND state = 'creating'");
  const byId = database.prepare('SELECT * FROM sessions WHERE id = ?');
  const byForm = database.prepare('SELECT id FROM sessions WHERE form = ? AND owner = ?');
  const allOpen = database.prepare(`SELECT * FROM sessions WHERE ${stillOpen} ORDER BY created_at`);
  const openOfOwner = database.prepare(`
    SELECT * FROM sessions WHERE ${stillOpen} AND owner = ? AND state <> 'creating' ORDER BY created_at`);
  const count = database.prepare(
    `SELECT count(*) AS count FROM sessions WHERE ${stillOpen} AND owner = ifnull(?, owner)`,
  );
  const setState = database.prepare(`
    UPDATE sessions SET state = ?, version = version + 1 WHERE id = ? AND ${stillOpen} AND state <> ?`);
  const setEnd = database.prepare(`
    UPDATE sessions SET state = ?, reason = ?, ended_at = ?, shared = ?, items = ?, link = NULL, version = version + 1
    WHERE id = ? AND ${stillOpen}`);

  function find(id: string): Session | undefined {
    const row = byId.get(id);
    return row && sessionOf(row, seal);
  }

  return {
    find,

    /** Inserts the row of a session before the app asks Didit for it. Until `complete`, its id is the form's. */
    reserve({ owner, form, reference, asked }: NewSession): void {
      insert.run(form, owner, form, reference, asked.join(' '), now());
    },

    /** Didit has made the session. */
    complete(form: string, id: string, link: SessionLink): void {
      setLink.run(id, seal.close(link, columnOf('link', id)), form);
    },

    /** Didit has not made the session: the form can be sent again. */
    release(form: string): void {
      remove.run(form);
    },

    /** For people: the lookup names the owner, so that nobody can forget to check it. */
    findOwned(id: string, owner: string): Session | undefined {
      const session = find(id);
      return session?.owner === owner ? session : undefined;
    },

    /** @returns the id of the session that this form has started */
    startedBy(form: string, owner: string): string | undefined {
      return byForm.get(form, owner)?.id as string | undefined;
    },

    /** Sessions that wait for a decision, oldest first: of one owner, or of all with those that are only reserved. */
    open(owner?: string): readonly Session[] {
      const rows = owner === undefined ? allOpen.all() : openOfOwner.all(owner);
      return rows.map((row) => sessionOf(row, seal));
    },

    /** How many are open or reserved, of one owner or of all. */
    countOpen(owner?: string): number {
      return Number(count.get(owner ?? null)?.count);
    },

    /** @returns whether the state was another one */
    progress(id: string, state: OpenState): boolean {
      return setState.run(state, id, state).changes === 1;
    },

    /** Ends a session: deletes its link and keeps what was shared. @returns whether it was open */
    end(id: string, outcome: Outcome): boolean {
      const items = outcome.state === 'confirmed' ? outcome.items : undefined;
      const reason = outcome.state === 'failed' ? outcome.reason : null;
      const shared = (items ?? []).map(({ name }) => name).join(' ');
      const sealed = items ? seal.close(items, columnOf('items', id)) : null;
      return setEnd.run(outcome.state, reason, now(), shared, sealed, id).changes === 1;
    },
  };
}

/** Reads a row. What the key does not open counts as deleted. */
export function sessionOf(found: unknown, seal: Seal): Session {
  const { asked, shared, created_at, ended_at, reason, link, items, ...row } = found as Row;
  const open = (column: 'link' | 'items', sealed: Uint8Array) => seal.open(sealed, columnOf(column, row.id));
  return {
    ...row,
    asked: namesIn(asked),
    shared: namesIn(shared),
    createdAt: created_at,
    endedAt: ended_at ?? undefined,
    reason: reason ?? undefined,
    link: link && isOpen(row.state) ? (open('link', link) as SessionLink | undefined) : undefined,
    items: items ? (open('items', items) as readonly SharedItem[] | undefined) : undefined,
  };
}

function columnOf(column: 'link' | 'items', id: string): string {
  return `sessions.${column} ${id}`;
}

function namesIn(text: string): DataName[] {
  return text.split(' ').filter(isDataName);
}
