/** Contacts written as lines while the run goes on, or all at once at its end. */
package dev.muster.contacts.output;
