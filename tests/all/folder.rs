//! The folder's promises against a running server, under the tools people really use, through power cuts and lost disks.
//! Nothing here waits for a time: every wait is for a report or an answer of the server.

mod git;
mod hang_up;
mod hangs;
mod links;
mod lost;
mod owners;
mod power_cut;
mod rsync;
mod tools;
mod writers;
