-- A CallSid names a call only under its account: the key of a call (`calls.sid` and every `call_sid` that refers to it) is
-- now ACCOUNTSID/CALLSID, and a bare CallSid for calls of before, whose account is unknown (''). What is in a key can be
-- read beside it. No row is rewritten, so a server of the version before may go on writing until it is restarted.
ALTER TABLE calls ADD COLUMN account_sid TEXT AS (substr(sid, 1, max(instr(sid, '/') - 1, 0))) VIRTUAL;
ALTER TABLE calls ADD COLUMN twilio_sid TEXT AS (substr(sid, instr(sid, '/') + 1)) VIRTUAL;
CREATE INDEX calls_by_twilio_sid ON calls (twilio_sid);

ALTER TABLE orders ADD COLUMN account_sid TEXT AS (substr(call_sid, 1, max(instr(call_sid, '/') - 1, 0))) VIRTUAL;
ALTER TABLE orders ADD COLUMN twilio_sid TEXT AS (substr(call_sid, instr(call_sid, '/') + 1)) VIRTUAL;
CREATE INDEX orders_by_twilio_sid ON orders (twilio_sid);
