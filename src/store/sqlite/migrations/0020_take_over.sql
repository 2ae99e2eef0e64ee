-- When the built-in waiter took a call over from a hired model, and why; null where it did not.
ALTER TABLE calls ADD COLUMN take_over_at_ms BIGINT;
ALTER TABLE calls ADD COLUMN take_over_reason TEXT;
