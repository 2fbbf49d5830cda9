/** The practice cloud's AWS Account Management. */
package dev.muster.sandbox.account;
