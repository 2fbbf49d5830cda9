/**
 * The job {@code muster contacts}: {@link dev.muster.contacts.collect.ContactsPlan} goes from the organization to its accounts
 * and their contacts, {@link dev.muster.contacts.collect.ContactsExecutor} sends the requests.
 */
package dev.muster.contacts.collect;
