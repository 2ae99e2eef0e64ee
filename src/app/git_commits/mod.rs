//! Whose commit brought a file, where the folder is a git work tree. Best effort, after the change is published: without
//! git, without a repository, or when it takes too long, nobody is named.
//!
//! Whoever may write the folder may have written its `.git` too, and git runs what a repository's configuration says. So
//! git never sees that repository: `head` finds the commit it stands at (small files, read with limits), `borrowed` makes
//! an empty repository of our own that only borrows the stored objects, and `lookup` asks git there.

mod borrowed;
mod head;
mod lookup;

pub(super) use lookup::Lookup;
