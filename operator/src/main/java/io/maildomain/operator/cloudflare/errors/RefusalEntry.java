package io.maildomain.operator.cloudflare.errors;

/** One row of the catalogue: which refusals it is about, and what they mean. */
record RefusalEntry(RefusalPattern pattern, ErrorMeaning meaning) {}
