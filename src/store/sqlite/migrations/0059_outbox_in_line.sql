-- What may be taken from the outbox is found by its lines (a destination's deliveries of one restaurant), however many wait in
-- each: the heads of all lines by one step a line, and what a destination is being sent by what is claimed.
CREATE INDEX deliveries_due_in_line ON deliveries (destination, restaurant, position) WHERE state = 'due';
CREATE INDEX deliveries_claimed ON deliveries (destination, lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX deliveries_claimed_of ON deliveries (restaurant, lease_until) WHERE lease_until IS NOT NULL;
DROP INDEX deliveries_in_line;
