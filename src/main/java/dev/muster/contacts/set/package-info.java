/** Sets alternate contacts: the desired state of a file, a preview of the changes, and the changes themselves. */
package dev.muster.contacts.set;
