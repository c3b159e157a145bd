/** What central proposed and what became of it. Settings with their secrets lie in the vault, not here. */
export const proposalsSchema = `
CREATE TABLE proposal (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  by_name TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  shown TEXT NOT NULL,
  state TEXT NOT NULL,
  code TEXT,
  answered_at INTEGER,
  answered_by TEXT
) STRICT;
CREATE INDEX proposal_state ON proposal (state);
`;
