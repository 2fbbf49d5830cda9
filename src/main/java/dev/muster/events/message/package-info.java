/** Conversion of a queue message's body into a line of a day file: parsing, field mapping, selection. Pure. */
package dev.muster.events.message;
