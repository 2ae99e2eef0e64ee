-- What a caller left as a message, where nobody could take the call.
ALTER TABLE calls ADD COLUMN message TEXT;
