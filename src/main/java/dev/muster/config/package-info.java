/** Typed sections of the HOCON configuration, whose values are held to their ranges. */
package dev.muster.config;
