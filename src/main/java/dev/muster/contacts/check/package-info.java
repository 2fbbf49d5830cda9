/** Which accounts lack a contact, or have one that reaches nobody. */
package dev.muster.contacts.check;
