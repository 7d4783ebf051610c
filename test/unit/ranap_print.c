/* SPDX-License-Identifier: BSD-2-Clause */
/* ranap_print: the messages of ranap_samples.h encoded, one per line: hex, tab, name. Input for other decoders. */
#include <stdio.h>
#include "test/unit/ranap_samples.h"

int main(void)
{
	struct iuplus_arena arena;
	struct iuplus_ranap_msg msg;
	struct iuplus_octets pdu;
	int rc, failed = 0;

	iuplus_arena_init(&arena, 0);
	for (unsigned i = 0; i < ranap_sample_count; i++) {
		ranap_sample_make(&ranap_samples[i], &msg);
		rc = iuplus_ranap_encode(&msg, 0, &arena, &pdu);
		if (rc != IUPLUS_OK) {
			fprintf(stderr, "%s: %s\n", ranap_samples[i].name, iuplus_strrc(rc));
			failed = 1;
			continue;
		}
		for (size_t k = 0; k < pdu.len; k++)
			printf("%02x", pdu.data[k]);
		printf("\t%s\n", iuplus_ranap_name(&msg));
	}
	iuplus_arena_free(&arena);
	return failed;
}
