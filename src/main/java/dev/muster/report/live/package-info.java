/** Live page of an audit, without its server: figures of a run that is under way. */
package dev.muster.report.live;
