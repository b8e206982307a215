-- A response completed by somebody without proof in the name of a person who has a path already: it counts once they confirm it (1: not yet).
ALTER TABLE response ADD COLUMN unconfirmed BIGINT NOT NULL DEFAULT 0;
-- How long before a session people are reminded of it, in hours.
ALTER TABLE programme ADD COLUMN reminder_hours BIGINT NOT NULL DEFAULT 48;
