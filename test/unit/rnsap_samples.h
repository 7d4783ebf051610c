/* SPDX-License-Identifier: BSD-2-Clause */
/* rnsap_samples.h: a message of every kind that has a struct, with the fewest and with the most elements. */
#ifndef IUPLUS_TEST_RNSAP_SAMPLES_H
#define IUPLUS_TEST_RNSAP_SAMPLES_H

#include <iuplus/rnsap.h>

struct rnsap_sample {
	const char *name;
	unsigned kind;
	bool extended; /* the RANAP message inside has IEs of the extension */
	void (*fill)(struct iuplus_rnsap_msg *msg, struct iuplus_arena *arena);
};

extern const struct rnsap_sample rnsap_samples[];
extern const unsigned rnsap_sample_count;

/* The sample as a message; the embedded RANAP message is in arena. */
void rnsap_sample_make(const struct rnsap_sample *sample, struct iuplus_arena *arena, struct iuplus_rnsap_msg *msg);

#endif
