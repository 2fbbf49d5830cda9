/**
 * How one bucket is listed by many at once: a pure policy that, whenever a page has been listed, cuts what is left of its
 * range in as many ranges as there are idle listers and as the bucket seems to hold work for.
 *
 * <p>Any cut is correct where a server lists what follows a key that does not exist, so all knowledge here is a guess that
 * costs requests when wrong, never a key. The ideas are work
 * stealing (Blumofe and Leiserson, 1999), interpolation search over learned alphabets (Perl, Itai and Avni, 1978), and
 * galloping where the end is unknown (Bentley and Yao, 1976).
 */
package dev.muster.audit.split;
