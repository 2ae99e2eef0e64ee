-- What kitchens say beside their files (sold out, how busy), whole, as JSON: one row for each that said something.
CREATE TABLE kitchen_statuses (
    restaurant TEXT NOT NULL PRIMARY KEY,
    status     TEXT NOT NULL
);
