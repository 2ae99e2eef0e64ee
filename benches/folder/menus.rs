//! Restaurant files as owners write them: 60 items in four categories, tax and time zone, and options in one of two ways.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Items of each file.
pub const ITEMS: usize = 60;

const STYLES: [&str; 10] = [
    "Smoked", "Roasted", "Village", "Golden", "Peppered", "Garden", "Braised", "Crispy", "Harbour",
    "Winter",
];
const DISHES: [&str; 6] = [
    "Chicken",
    "Salmon",
    "Risotto",
    "Dumplings",
    "Lasagna",
    "Omelette",
];

/// How the items ask for a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// A third of them, all by the same option group.
    SharedOption,
    /// Every one by an option of its own, written out.
    OwnOptions,
}

impl Menu {
    /// Those that `FOLDER_MENU` names (`shared`, `own`), else both.
    pub fn wanted() -> Vec<Self> {
        match std::env::var("FOLDER_MENU").as_deref() {
            Ok("shared") => vec![Self::SharedOption],
            Ok("own") => vec![Self::OwnOptions],
            _ => vec![Self::SharedOption, Self::OwnOptions],
        }
    }

    /// In the table's heading.
    pub fn describe(self) -> &'static str {
        match self {
            Self::SharedOption => "a shared option on 20 of 60 items",
            Self::OwnOptions => "an option of its own on each of 60 items",
        }
    }
}

/// The folder of files in `home`.
pub fn folder(home: &Path) -> PathBuf {
    home.join("restaurants.d")
}

/// The name of file `n`.
pub fn name(n: u32) -> String {
    format!("house-{n:05}.yaml")
}

/// The telephone number of restaurant `n`.
pub fn number(n: u32) -> String {
    format!("+1{}555{:04}", 212 + n / 10_000, n % 10_000)
}

/// The text of file `n` when its first item costs `cents`.
pub fn text(menu: Menu, n: u32, cents: u32) -> String {
    let mut text = format!(
        "id: house-{n:05}\nname: House {n}\nphone_number: \"{}\"\ntimezone: America/Toronto\ncurrency: CAD\n\
         address: {n} King Street West\ntax: {{rate: 13}}\ncategories: [Starters, Mains, Desserts, Drinks]\n\
         option_groups:\n  size: {{choices: [Regular, {{name: Large, price: 3.50}}]}}\nmenu:\n",
        number(n)
    );
    for item in 0..ITEMS {
        let (style, dish) = (STYLES[item % 10], DISHES[item / 10]);
        let price = if item == 0 {
            cents
        } else {
            650 + 25 * item as u32 + n % 7 * 5
        };
        let category = ["Starters", "Mains", "Desserts", "Drinks"][item % 4];
        let _ = write!(
            text,
            "  - id: i{item:02}\n    name: {style} {dish}\n    category: {category}\n    price: \"{}.{:02}\"\n    \
             description: {dish} in the {style} way, with bread\n",
            price / 100,
            price % 100
        );
        match menu {
            Menu::SharedOption if item % 3 == 0 => text.push_str("    options: [{use: size}]\n"),
            Menu::SharedOption => {}
            Menu::OwnOptions => {
                let more = 200 + 25 * (item as u32 % 8) + n % 7 * 5;
                let _ = write!(
                    text,
                    "    options:\n      - name: Size\n        choices: [Regular, {{name: Large, price: \"{}.{:02}\"}}]\n",
                    more / 100,
                    more % 100
                );
            }
        }
    }
    text
}

/// Writes `files` files into a new folder in `home`.
pub fn write(menu: Menu, home: &Path, files: u32) {
    let folder = folder(home);
    std::fs::create_dir(&folder).expect("a folder");
    for n in 0..files {
        std::fs::write(folder.join(name(n)), text(menu, n, 900)).expect("a file");
    }
}

/// Replaces file `n` as deployments do: written aside, then renamed.
pub fn replace(menu: Menu, home: &Path, n: u32, cents: u32) {
    let aside = home.join("aside");
    std::fs::write(&aside, text(menu, n, cents)).expect("a file");
    std::fs::rename(aside, folder(home).join(name(n))).expect("renamed");
}
