-- What only some orders have (JSON): requests to the kitchen, taxes by class, fees, the age to be asked for. Null for those
-- placed before, and for those that have none.
ALTER TABLE orders ADD COLUMN details TEXT;
