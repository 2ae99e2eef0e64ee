//! Seeded changes to an input.

use rand::{Rng, RngExt};

/// Longest input a mutation makes.
const LONGEST: usize = 128 * 1024;

/// A changed copy of one input of `corpus`: one to eight changes.
pub fn mutate(rng: &mut impl Rng, corpus: &[Vec<u8>], tokens: &[Vec<u8>]) -> Vec<u8> {
    let mut input = pick(rng, corpus).clone();
    for _ in 0..rng.random_range(1..=8) {
        change(rng, &mut input, corpus, tokens);
    }
    input.truncate(LONGEST);
    input
}

fn pick<'a, T>(rng: &mut impl Rng, list: &'a [T]) -> &'a T {
    &list[rng.random_range(0..list.len())]
}

fn change(rng: &mut impl Rng, input: &mut Vec<u8>, corpus: &[Vec<u8>], tokens: &[Vec<u8>]) {
    let at = rng.random_range(0..=input.len());
    let some = rng.random_range(0..=32_usize);
    let end = (at + some).min(input.len());
    match rng.random_range(0..9) {
        0 => {
            if let Some(byte) = input.get_mut(at) {
                *byte ^= 1 << rng.random_range(0..8);
            }
        }
        1 => {
            input.drain(at..end);
        }
        2 | 3 => {
            let token: &Vec<u8> = pick(rng, tokens);
            insert(input, at, token);
        }
        4 => {
            let piece = input[at..end].to_vec();
            input.splice(at..end, pick(rng, tokens).iter().copied());
            insert(input, at, &piece);
        }
        5 => {
            let piece = input[at..end].to_vec();
            for _ in 0..rng.random_range(1..=20) {
                insert(input, at, &piece);
            }
        }
        6 => {
            let other = pick(rng, corpus);
            let from = rng.random_range(0..=other.len());
            let to = (from + rng.random_range(0..=400)).min(other.len());
            insert(input, at, &other[from..to]);
        }
        7 => line(rng, input, at),
        _ => input.truncate(at),
    }
}

fn insert(input: &mut Vec<u8>, at: usize, piece: &[u8]) {
    if input.len() + piece.len() <= LONGEST {
        input.splice(at..at, piece.iter().copied());
    }
}

/// Doubles, removes or indents the line at a place.
fn line(rng: &mut impl Rng, input: &mut Vec<u8>, at: usize) {
    let from = input[..at]
        .iter()
        .rposition(|b| *b == b'\n')
        .map_or(0, |n| n + 1);
    let to = input[at..]
        .iter()
        .position(|b| *b == b'\n')
        .map_or(input.len(), |n| at + n + 1);
    match rng.random_range(0..3) {
        0 => {
            let line = input[from..to].to_vec();
            insert(input, from, &line);
        }
        1 => {
            input.drain(from..to);
        }
        _ => insert(input, from, b"  "),
    }
}
