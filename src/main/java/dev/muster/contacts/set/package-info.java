/** Sets alternate contacts: what a file wishes, what would change, and the change itself. */
package dev.muster.contacts.set;
