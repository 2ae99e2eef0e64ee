//! Ears and mouth: local engines and scripted ones, behind one enum each.
