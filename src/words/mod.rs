//! Language without menu knowledge: number words, phonetic keys, spoken forms of money, times and phone numbers.
