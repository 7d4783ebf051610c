/* SPDX-License-Identifier: BSD-2-Clause */
/* ranap_samples.h: a message of every kind that has a struct of its own, twice: as short and as full as it gets. */
#ifndef IUPLUS_TEST_RANAP_SAMPLES_H
#define IUPLUS_TEST_RANAP_SAMPLES_H

#include <iuplus/ranap.h>

struct ranap_sample {
	const char *name;
	unsigned kind;
	bool extended;		/* carries an IE of the extension */
	void (*fill)(struct iuplus_ranap_msg *msg);	/* NULL: the message has no IE */
};

extern const struct ranap_sample ranap_samples[];
extern const unsigned ranap_sample_count;

/* The sample as a message. */
void ranap_sample_make(const struct ranap_sample *sample, struct iuplus_ranap_msg *msg);

#endif
