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

/** Where sessions are remembered. What is secret or personal is sealed. */
export interface SessionStore {
  /** Makes the row of a session that Didit is about to be asked for. Until it is completed, its id is the form's. */
  reserve(session: Omit<NewSession, 'id' | 'link'>): void;
  /** Didit has made the session. */
  complete(form: string, id: string, link: SessionLink): void;
  /** Didit has not made the session: the form can be sent again. */
  release(form: string): void;
  find(id: string): Session | undefined;
  /** For people: a lookup that names the owner, so that nobody can forget to check. */
  findOwned(id: string, owner: string): Session | undefined;
  /** @returns the id of the session that this form has started */
  startedBy(form: string, owner: string): string | undefined;
  /** Sessions that wait for a decision, oldest first: of one owner, or of all with those that are still reserved. */
  open(owner?: string): readonly Session[];
  /** How many are open or reserved, of one owner or of all. */
  countOpen(owner?: string): number;
  /** @returns whether that was news */
  progress(id: string, state: OpenState): boolean;
  /** Ends a session, once: its link is deleted, and what was shared is kept until it is swept. */
  end(id: string, outcome: Outcome): boolean;
}

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

export function createSessionStore(database: DatabaseSync, seal: Seal, now: () => number = Date.now): SessionStore {
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

  const read = (row: unknown) => (row === undefined ? undefined : sessionOf(row, seal));

  return {
    reserve({ owner, form, reference, asked }) {
      insert.run(form, owner, form, reference, asked.join(' '), now());
    },
    complete(form, id, link) {
      setLink.run(id, seal.close(link, placeOf('link', id)), form);
    },
    release(form) {
      remove.run(form);
    },
    find: (id) => read(byId.get(id)),
    findOwned(id, owner) {
      const session = read(byId.get(id));
      return session?.owner === owner ? session : undefined;
    },
    startedBy: (form, owner) => (byForm.get(form, owner) as { id: string } | undefined)?.id,
    open(owner) {
      const rows = owner === undefined ? allOpen.all() : openOfOwner.all(owner);
      return rows.map((row) => sessionOf(row, seal));
    },
    countOpen: (owner) => Number(count.get(owner ?? null)?.count),
    progress: (id, state) => setState.run(state, id, state).changes === 1,
    end(id, outcome) {
      const items = outcome.state === 'confirmed' ? outcome.items : undefined;
      const { changes } = setEnd.run(
        outcome.state,
        outcome.state === 'failed' ? outcome.reason : null,
        now(),
        (items ?? []).map(({ name }) => name).join(' '),
        items ? seal.close(items, placeOf('items', id)) : null,
        id,
      );
      return changes === 1;
    },
  };
}

/** Reads a row. What the key no longer opens is as if it were deleted. */
export function sessionOf(found: unknown, seal: Seal): Session {
  const row = found as Row;
  const { id, owner, reference, state, version } = row;
  return {
    id,
    owner,
    reference,
    state,
    version,
    asked: namesIn(row.asked),
    shared: namesIn(row.shared),
    createdAt: row.created_at,
    endedAt: row.ended_at ?? undefined,
    reason: row.reason ?? undefined,
    link: row.link && isOpen(state) ? (seal.open(row.link, placeOf('link', id)) as SessionLink | undefined) : undefined,
    items: row.items ? (seal.open(row.items, placeOf('items', id)) as readonly SharedItem[] | undefined) : undefined,
  };
}

function placeOf(column: 'link' | 'items', id: string): string {
  return `sessions.${column} ${id}`;
}

function namesIn(text: string): DataName[] {
  return text.split(' ').filter(isDataName);
}
