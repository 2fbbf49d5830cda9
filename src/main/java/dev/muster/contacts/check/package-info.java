/** Check of accounts for missing contacts and for contacts that reach nobody. */
package dev.muster.contacts.check;
