//! Every path under `/api`. The guard stands around the scope: a handler, and the body of its request, are reached by
//! the holder of the token only.

use actix_web::dev::HttpServiceFactory;
use actix_web::middleware::from_fn;
use actix_web::web;

use super::{
    calls, config, config_events, events, guard, kitchen, orders, pace, restaurants, rollback,
    sold_out, table,
};

/// The scope.
pub(in crate::web) fn routes() -> impl HttpServiceFactory {
    web::scope("/api")
        .wrap(from_fn(guard))
        .service(web::resource("/config/reload").route(web::post().to(config::reload)))
        .service(web::resource("/config/confirm").route(web::post().to(config::confirm)))
        .service(web::resource("/config/rollback").route(web::post().to(rollback::rollback)))
        .service(web::resource("/config/events").route(web::get().to(config_events::events)))
        .service(web::resource("/config/validate").route(web::post().to(config::validate)))
        .service(web::resource("/events").route(web::get().to(events::events)))
        .service(web::resource("/table").route(web::get().to(table::table)))
        .service(
            web::resource("/restaurants/{id}/pace")
                .route(web::get().to(pace::look))
                .route(web::put().to(pace::put)),
        )
        .service(web::resource("/restaurants/{id}/sold-out").route(web::get().to(sold_out::list)))
        .service(
            web::resource("/restaurants/{id}/sold-out/{item}")
                .route(web::get().to(sold_out::look))
                .route(web::put().to(sold_out::put))
                .route(web::delete().to(sold_out::delete)),
        )
        .service(web::resource("/restaurants/{id}").route(web::get().to(restaurants::restaurant)))
        .service(web::resource("/calls").route(web::get().to(calls::calls)))
        .service(web::resource("/calls/{sid}").route(web::get().to(calls::call)))
        .service(web::resource("/orders").route(web::get().to(orders::orders)))
        .service(web::resource("/orders/{id}/accept").route(web::post().to(kitchen::accept)))
        .service(web::resource("/orders/{id}/refuse").route(web::post().to(kitchen::refuse)))
        .service(web::resource("/orders/{id}/ready").route(web::post().to(kitchen::ready)))
        .service(web::resource("/orders/{id}/redeliver").route(web::post().to(kitchen::redeliver)))
}
