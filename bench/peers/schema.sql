-- The peers' database: what a scheduler of this kind keeps, in the shape Carillon keeps it.
CREATE TABLE api_keys (key_sha256 TEXT PRIMARY KEY, workspace UUID NOT NULL, person UUID NOT NULL, scopes TEXT[] NOT NULL);
CREATE TABLE accounts (
  workspace UUID NOT NULL, id UUID NOT NULL, network TEXT NOT NULL, held BOOLEAN NOT NULL DEFAULT false,
  PRIMARY KEY (workspace, id));
CREATE TABLE posts (
  workspace UUID NOT NULL, id UUID NOT NULL, author UUID NOT NULL, content TEXT NOT NULL, due TIMESTAMPTZ NOT NULL,
  created TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace, id));
CREATE INDEX posts_due ON posts (workspace, due, id);
CREATE TABLE deliveries (
  workspace UUID NOT NULL, id UUID NOT NULL, post UUID NOT NULL, account UUID NOT NULL, state TEXT NOT NULL,
  due TIMESTAMPTZ NOT NULL, tries INT NOT NULL DEFAULT 0, external_id TEXT NOT NULL DEFAULT '', settled TIMESTAMPTZ,
  PRIMARY KEY (workspace, id)) WITH (fillfactor = 80);
CREATE INDEX deliveries_post ON deliveries (workspace, post);
CREATE INDEX deliveries_queue ON deliveries (workspace, account, due, id) WHERE state = 'waiting';
CREATE TABLE attempts (
  workspace UUID NOT NULL, delivery UUID NOT NULL, number INT NOT NULL, opened TIMESTAMPTZ NOT NULL,
  closed TIMESTAMPTZ NOT NULL, status INT NOT NULL, answer TEXT NOT NULL,
  PRIMARY KEY (workspace, delivery, number));
