//! Text of a file -> scan -> schema -> `RestaurantFile` -> `Restaurant`, or a list of Problems.
