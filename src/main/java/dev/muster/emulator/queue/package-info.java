/** SQS through an embedded ElasticMQ, with faults in front of it, and as much of SNS as it takes to publish to a queue. */
package dev.muster.emulator.queue;
