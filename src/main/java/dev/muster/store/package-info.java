/** Durable state of runs, so that an interrupted or killed run can be continued. */
package dev.muster.store;
