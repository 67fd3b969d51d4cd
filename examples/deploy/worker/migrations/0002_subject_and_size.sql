-- With defaults, so that the version that still serves, and knows nothing of these columns, goes on working.
ALTER TABLE mails ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE mails ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
