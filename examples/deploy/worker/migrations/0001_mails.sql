-- One row a mail; the mail itself is the object mails/ID.eml of the bucket.
CREATE TABLE mails (
  id TEXT PRIMARY KEY,
  sender TEXT NOT NULL,
  recipient TEXT NOT NULL,
  received_at INTEGER NOT NULL -- milliseconds since 1970
);

-- For the schedule that deletes what is old.
CREATE INDEX mails_received_at ON mails (received_at);
