//! What every kind of database must keep of dropped carts.

use std::sync::Arc;

use jiff::Timestamp;

use super::Store;
use crate::config::{Capabilities, read};
use crate::order::{Cart, KeptCart};
use crate::restaurant::RestaurantId;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) async fn a_dropped_cart_is_its_callers_once_and_for_a_while(store: &Store) {
    let text = b"id: luna\nname: Luna\nphone_number: \"+12125550123\"\nmenu:\n  - {id: tea, name: Tea, price: 2.50}\n";
    let restaurant = read(text, &Capabilities::embedded()).restaurant.unwrap();
    let mut cart = Cart::new(Arc::clone(&restaurant));
    cart.add(0, 2, &[]).unwrap();
    let kept = KeptCart::of(&cart).unwrap();
    let luna = RestaurantId::parse("luna").unwrap();
    let other = RestaurantId::parse("other").unwrap();
    let (now, until) = (at("2026-11-30T18:00:00Z"), at("2026-11-30T18:30:00Z"));
    let (ada, bob) = ("+12125550199", "+12125550198");
    store
        .keep_cart(&luna, ada, &kept, now, until)
        .await
        .unwrap();
    let in_time = at("2026-11-30T18:29:59Z");
    for (restaurant, caller) in [(&luna, bob), (&other, ada)] {
        assert_eq!(
            store.take_cart(restaurant, caller, in_time).await.unwrap(),
            None
        );
    }
    assert_eq!(store.take_cart(&luna, ada, until).await.unwrap(), None);
    let taken = store.take_cart(&luna, ada, in_time).await.unwrap().unwrap();
    let (again, gone) = taken.over(&restaurant);
    assert_eq!((again.lines(), gone), (cart.lines(), Vec::new()));
    assert_eq!(store.take_cart(&luna, ada, in_time).await.unwrap(), None);
    store
        .keep_cart(&luna, ada, &kept, now, until)
        .await
        .unwrap();
    store.forget(ada, false).await.unwrap();
    assert_eq!(store.take_cart(&luna, ada, in_time).await.unwrap(), None);
}
