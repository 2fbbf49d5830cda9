/**
 * The contacts of all accounts of an AWS organization: looked up ({@code collect}), written ({@code output}), checked for
 * gaps ({@code missing}) and set ({@code set}).
 */
package dev.muster.contacts;
