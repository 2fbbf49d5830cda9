/** Where a run's state is kept, so that an interrupted or killed run goes on where it was. */
package dev.muster.store;
