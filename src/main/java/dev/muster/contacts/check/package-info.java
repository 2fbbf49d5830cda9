/** Check of accounts for missing contacts and for contacts that reach nobody: {@code muster contacts --missing}. */
package dev.muster.contacts.check;
