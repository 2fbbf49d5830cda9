/**
 * The jobs {@code muster contacts} and {@code muster contacts set}: here the calls to AWS Organizations and AWS Account
 * Management, and what their refusals mean; in the packages below the lookup ({@code collect}), what makes a contact missing or
 * a placeholder ({@code check}), rows and formats ({@code output}), and changes ({@code set}).
 */
package dev.muster.contacts;
