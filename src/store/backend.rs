//! The store whatever database it is kept in.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::sqlite::SqliteStore;
use super::{
    AuditRow, Commit, Deleted, Dispatched, FileVersion, FolderChange, Forgotten, KeptFolder,
    Leased, OrderFilter, OrderWay, Placement, StoreError, TooOld,
};
use crate::order::{Backoff, Dispatch, KeptCart, PlacedOrder};
use crate::record::CallRecord;
use crate::restaurant::{Digest, KitchenStatus, RestaurantId};

/// An open database. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Store(pub(super) Backend);

/// The kinds there are; the address says which.
#[derive(Clone, Debug)]
pub(super) enum Backend {
    Sqlite(SqliteStore),
}

impl Store {
    /// Opens `sqlite://PATH`, makes folder and file if absent, and brings the tables up to date.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Ok(Self(Backend::Sqlite(SqliteStore::open(url).await?)))
    }

    /// Like [`Store::open`], but a database that is not there is [`StoreError::Missing`] and stays absent: for commands that
    /// look.
    pub async fn open_existing(url: &str) -> Result<Self, StoreError> {
        let store = SqliteStore::open_existing(url).await?;
        Ok(Self(Backend::Sqlite(store)))
    }

    /// Waits for running statements and closes the file; the write-ahead log is folded in.
    pub async fn close(&self) {
        match &self.0 {
            Backend::Sqlite(store) => store.close().await,
        }
    }

    /// Writes the row of a call that began. Arriving late or twice it undoes nothing: an end or words already stored stay.
    pub async fn call_started(&self, record: &CallRecord) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.call_started(record).await,
        }
    }

    /// Writes the whole record, transcript and turns included, in place of what was there.
    pub async fn call_ended(&self, record: &CallRecord) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.call_ended(record).await,
        }
    }

    /// Ends the calls that were live when the process before this one died: nobody else will. They failed, at the last
    /// moment they are known to have lived: their latest order, else their start. Returns how many there were.
    ///
    /// A call that comes back afterwards, or a session that still runs elsewhere, overwrites this with its own end.
    pub async fn end_lost_calls(&self) -> Result<u64, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.end_lost_calls().await,
        }
    }

    /// One call with its transcript and turns; of several accounts' calls with this CallSid the newest.
    pub async fn call(&self, sid: &str) -> Result<Option<CallRecord>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.call(sid).await,
        }
    }

    /// The latest `limit` calls, newest first, without transcript and turns.
    pub async fn calls(&self, limit: u32) -> Result<Vec<CallRecord>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.calls(limit).await,
        }
    }

    /// Stores an order and its call; when this returns `Ok` the order is on disk.
    ///
    /// The same (call, sequence) again returns the order already stored and changes nothing, so a caller that does not
    /// know whether its first try arrived may simply try again.
    pub async fn place(&self, placement: &Placement) -> Result<PlacedOrder, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.place(placement).await,
        }
    }

    /// The orders that pass the filter, newest first; equal instants keep one order (by id).
    pub async fn orders(&self, filter: &OrderFilter) -> Result<Vec<PlacedOrder>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.orders(filter).await,
        }
    }

    /// The order with this id.
    pub async fn order(&self, id: Uuid) -> Result<Option<PlacedOrder>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.order(id).await,
        }
    }

    /// The latest order that was given this spoken number, of one restaurant or of any: numbers begin again each day.
    pub async fn order_numbered(
        &self,
        number: u32,
        restaurant: Option<&RestaurantId>,
    ) -> Result<Option<PlacedOrder>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.order_numbered(number, restaurant).await,
        }
    }

    /// Claims up to `limit` deliveries that are due for `holder`: of each restaurant and destination the oldest first, four of
    /// a destination at a time. Nobody else is given them until they are finished ([`Store::dispatch`]) or the lease is over.
    ///
    /// # Errors
    /// When the database refuses; nothing is claimed then.
    pub async fn lease_deliveries(
        &self,
        holder: Uuid,
        now: Timestamp,
        backoff: &Backoff,
        limit: u32,
    ) -> Result<Vec<Leased>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.lease_deliveries(holder, now, backoff, limit).await,
        }
    }

    /// Gives back what the process before this one had claimed when it died. Only where nobody else can work on the database.
    ///
    /// # Errors
    /// When the database refuses; the leases end by themselves.
    pub async fn release_leases(&self) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.release_leases().await,
        }
    }

    /// Changes an order's way to its restaurant by `work`, which is given it as it stands, in one transaction; what it did is
    /// kept with the order. `None`: there is no such order.
    ///
    /// # Errors
    /// When the database refuses; nothing is changed then.
    pub async fn dispatch<T>(
        &self,
        order: Uuid,
        work: impl FnOnce(&mut Dispatch) -> T + Send,
    ) -> Result<Option<Dispatched<T>>, StoreError> {
        let mut work = Some(work);
        let once = |_, dispatch: &mut Dispatch| work.take().map(|work| work(dispatch));
        let done = self.dispatch_all(vec![order], once).await?.pop();
        let Some(Dispatched {
            result,
            order,
            news,
        }) = done.transpose()?
        else {
            return Ok(None);
        };
        Ok(result.map(|result| Dispatched {
            result,
            order,
            news,
        }))
    }

    /// The same for several orders at once, which are kept together or not at all; each at most once. Those that there are
    /// come back in their order, one that cannot be read as its error.
    ///
    /// # Errors
    /// When the database refuses; nothing is changed then.
    pub async fn dispatch_all<T>(
        &self,
        orders: Vec<Uuid>,
        work: impl FnMut(Uuid, &mut Dispatch) -> T + Send,
    ) -> Result<Vec<Result<Dispatched<T>, StoreError>>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.dispatch_all(orders, work).await,
        }
    }

    /// Orders whose restaurant has not answered in time.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn unanswered_orders(&self, now: Timestamp) -> Result<Vec<Uuid>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.unanswered_orders(now).await,
        }
    }

    /// When the next delivery is due, or the next answer late; and how many deliveries wait to be received.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn next_delivery(
        &self,
        now: Timestamp,
    ) -> Result<(Option<Timestamp>, u64), StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.next_delivery(now).await,
        }
    }

    /// The deliveries of these orders and what happened to each, in the given order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn order_ways(&self, orders: &[Uuid]) -> Result<Vec<OrderWay>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.order_ways(orders).await,
        }
    }

    /// What kitchens said beside their files, those that said something.
    ///
    /// # Errors
    /// When the database cannot be read, or holds what maitred did not write.
    pub async fn kitchen_statuses(&self) -> Result<Vec<(RestaurantId, KitchenStatus)>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.kitchen_statuses().await,
        }
    }

    /// Keeps what a kitchen says now, in place of what it said before.
    ///
    /// # Errors
    /// When the database refuses; nothing is changed then.
    pub async fn keep_kitchen_status(
        &self,
        restaurant: &RestaurantId,
        status: &KitchenStatus,
    ) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.keep_kitchen_status(restaurant, status).await,
        }
    }

    /// Keeps the cart of a call that dropped until `until`, in place of an earlier one of the same caller's; what nobody came back for
    /// by `now` goes.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn keep_cart(
        &self,
        restaurant: &RestaurantId,
        caller: &str,
        cart: &KeptCart,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.keep_cart(restaurant, caller, cart, now, until).await,
        }
    }

    /// Takes out a caller's kept cart; `None` where there is none, or it is too old.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn take_cart(
        &self,
        restaurant: &RestaurantId,
        caller: &str,
        now: Timestamp,
    ) -> Result<Option<KeptCart>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.take_cart(restaurant, caller, now).await,
        }
    }

    /// Deletes the carts that nobody came back for by `now`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn delete_old_carts(&self, now: Timestamp) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.delete_old_carts(now).await,
        }
    }

    /// Has the owner of `theirs` said that `ours` shall send no more texts?
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn texts_stopped(&self, ours: &str, theirs: &str) -> Result<bool, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.texts_stopped(ours, theirs).await,
        }
    }

    /// Keeps that `ours` sends no more texts to `theirs`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn stop_texts(
        &self,
        ours: &str,
        theirs: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.stop_texts(ours, theirs, at).await,
        }
    }

    /// Undoes [`Store::stop_texts`].
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn start_texts(&self, ours: &str, theirs: &str) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.start_texts(ours, theirs).await,
        }
    }

    /// The orders that `ours` texted to `theirs` within a day, that wait for an answer: oldest first, with their spoken
    /// numbers.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn orders_texted(
        &self,
        ours: &str,
        theirs: &str,
        now: Timestamp,
    ) -> Result<Vec<(Uuid, u32)>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.orders_texted(ours, theirs, now).await,
        }
    }

    /// The restaurants, and "nobody's", that have calls or orders from before this.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn restaurants_with_records(
        &self,
        before: Timestamp,
    ) -> Result<Vec<Option<String>>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.restaurants_with_records(before).await,
        }
    }

    /// Deletes what is too old of a restaurant (`None`: calls of nobody's numbers), at most `limit` calls and as many orders.
    /// What is on the line or on its way stays; a call whose order is kept loses its number and words.
    ///
    /// # Errors
    /// When the database refuses; nothing is deleted then.
    pub async fn delete_old(
        &self,
        restaurant: Option<&str>,
        too_old: TooOld,
        limit: u32,
    ) -> Result<Deleted, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.delete_old(restaurant, too_old, limit).await,
        }
    }

    /// Forgets who called by this number: calls and what was said in them, names and notes of their orders; or only looks
    /// what that would be. That it wants no texts is kept.
    ///
    /// # Errors
    /// When the database refuses; nothing is forgotten then.
    pub async fn forget(&self, number: &str, look_only: bool) -> Result<Forgotten, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.forget(number, look_only).await,
        }
    }

    /// Writes a publication: when this returns `Ok` all of it is on disk, else none.
    ///
    /// # Errors
    /// When the database refuses; nothing may be published then.
    pub async fn keep_folder(&self, change: &FolderChange) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.keep_folder(change).await,
        }
    }

    /// The folder as it was last published.
    ///
    /// # Errors
    /// When the database refuses, or holds what maitred did not write.
    pub async fn kept_folder(&self) -> Result<KeptFolder, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.kept_folder().await,
        }
    }

    /// A version of a file, if it is among those kept.
    ///
    /// # Errors
    /// As [`Store::kept_folder`].
    pub async fn file_version(
        &self,
        file: &str,
        wanted: &Digest,
    ) -> Result<Option<FileVersion>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.file_version(file, wanted).await,
        }
    }

    /// The newest `limit` rows of the audit, newest first.
    ///
    /// # Errors
    /// As [`Store::kept_folder`].
    pub async fn folder_audit(&self, limit: u32) -> Result<Vec<AuditRow>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.folder_audit(limit).await,
        }
    }

    /// Names the commits that brought the files audited at `at`.
    ///
    /// # Errors
    /// When the database refuses; the audit then names nobody.
    pub async fn note_commits(
        &self,
        at: Timestamp,
        commits: &HashMap<String, Commit>,
    ) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.note_commits(at, commits).await,
        }
    }

    /// Could an order be stored now? A write of the last seconds answers it, else the disk is asked: by one write at a
    /// time, not more often than once a second, and not for longer than five.
    ///
    /// # Errors
    /// Why not, in the database's words.
    pub async fn check_writable(&self) -> Result<(), Arc<str>> {
        match &self.0 {
            Backend::Sqlite(store) => store.check_writable().await,
        }
    }

    /// Waits until a write has not ended well, at once if that happened since this was last asked: time for
    /// [`Store::check_writable`].
    pub async fn suspected(&self) {
        match &self.0 {
            Backend::Sqlite(store) => store.suspected().await,
        }
    }

    /// Are the files still those that were opened? Asked without writing, so that a file that was removed or replaced is
    /// noticed before an order comes; then the next question of [`Store::check_writable`] goes to the disk.
    ///
    /// # Errors
    /// What lies there instead.
    pub async fn check_files(&self) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.check_files().await,
        }
    }

    /// Looks at every page of the database: what is found broken stays the answer of [`Store::check_writable`] until
    /// another file is put in its place. Takes a second for some hundred megabytes, beside everything else.
    ///
    /// # Errors
    /// What is broken, in SQLite's words.
    pub async fn check_pages(&self) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.check_pages().await,
        }
    }
}
