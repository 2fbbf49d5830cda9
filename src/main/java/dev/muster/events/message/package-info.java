/** From a queue message's body to a line of a day file: parsing, field mapping, selection. Pure. */
package dev.muster.events.message;
