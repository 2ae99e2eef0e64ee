-- Carts of calls that dropped, whole, as JSON: offered to the same caller until then, and deleted. One for each caller of a restaurant.
CREATE TABLE kept_carts (
    restaurant TEXT NOT NULL,
    caller     TEXT NOT NULL,
    until      TEXT NOT NULL,
    cart       TEXT NOT NULL,
    PRIMARY KEY (restaurant, caller)
);
