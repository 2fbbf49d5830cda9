/** Mixins of options and the configuration that gives their defaults. */
package dev.muster.cli.option;
