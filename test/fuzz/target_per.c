/* SPDX-License-Identifier: BSD-2-Clause */
/* target_per.c: the PER engine with every PDU type. An input is an encoding. If a target has several types, or both
 * flags, a preceding octet selects them: bits 7 to 1 the type, bit 0 IUPLUS_ASN1_LEGACY. */
#include "test/fuzz/fuzz.h"

#include <string.h>

struct choice {
	const char *protocol, *name;
	const char *word; /* of test/vectors/rrc-messages.txt */
};

static const struct iuplus_asn1_type *find(const struct choice *c)
{
	const struct iuplus_asn1_type *t = iuplus_asn1_find(c->protocol, c->name);

	fuzz_check(t, "no type %s", c->name);
	return t;
}

static enum iuplus_asn1_rules rules(const struct choice *c)
{
	return strcmp(c->protocol, "RRC") == 0 ? IUPLUS_ASN1_UPER : IUPLUS_ASN1_APER;
}

static void run(const struct choice *list, size_t count, const uint8_t *data, size_t len)
{
	const struct choice *c;

	if (len == 0)
		return;
	c = &list[(data[0] >> 1) % count];
	fuzz_value_check(find(c), rules(c), fuzz_tight(data + 1, len - 1), 8 * (len - 1), data[0] & 1, fuzz_arena(0));
}

static void seeds(const struct choice *list, size_t n, struct fuzz_random *r, unsigned count, fuzz_add *add, void *user)
{
	struct iuplus_octets encoding;
	uint8_t *octets;
	size_t i;

	for (i = 0; i < n * count; i++) {
		const struct choice *c = &list[i % n];
		struct iuplus_arena *arena = fuzz_arena(0);

		if (fuzz_value_encode(find(c), rules(c), r, arena, &encoding))
			continue;
		octets = iuplus_arena_alloc(arena, encoding.len + 1);
		if (!octets)
			continue;
		octets[0] = (uint8_t)((i % n) << 1 | fuzz_one_in(r, 8));
		memcpy(octets + 1, encoding.data, encoding.len);
		add(user, octets, encoding.len + 1);
	}
}

static size_t mutate(const struct choice *list, size_t count, uint8_t *data, size_t len, size_t max,
		     struct fuzz_random *r)
{
	struct iuplus_octets encoding;
	const struct choice *c;

	if (len < 2)
		return 0;
	c = &list[(data[0] >> 1) % count];
	if (fuzz_value_mutate(find(c), rules(c), data + 1, len - 1, r, fuzz_arena(0), &encoding) ||
	    encoding.len + 1 > max)
		return 0;
	memcpy(data + 1, encoding.data, encoding.len);
	return encoding.len + 1;
}

#define COUNT(list) (sizeof(list) / sizeof(*(list)))
#define TARGET(NAME, LIST, ...) \
	static void NAME##_run(const uint8_t *data, size_t len) \
	{ \
		run(LIST, COUNT(LIST), data, len); \
	} \
	static void NAME##_seeds(struct fuzz_random *r, unsigned count, fuzz_add *add, void *user) \
	{ \
		seeds(LIST, COUNT(LIST), r, count, add, user); \
		__VA_ARGS__; \
	} \
	static size_t NAME##_mutate(uint8_t *data, size_t len, size_t max, struct fuzz_random *r) \
	{ \
		return mutate(LIST, COUNT(LIST), data, len, max, r); \
	} \
	const struct fuzz_target fuzz_##NAME = { #NAME, NAME##_run, NAME##_seeds, NAME##_mutate };

static const struct choice ranap_types[] = { { "RANAP", "RANAP-PDU", NULL } };
static const struct choice rnsap_types[] = { { "RNSAP", "RNSAP-PDU", NULL } };
static const struct choice rrc_types[] = {
	{ "RRC", "UL-CCCH-Message", "ul.ccch" },
	{ "RRC", "DL-CCCH-Message", "dl.ccch" },
	{ "RRC", "UL-DCCH-Message", "ul.dcch" },
	{ "RRC", "DL-DCCH-Message", "dl.dcch" },
};
static const struct choice container_types[] = {
	{ "RRC", "ToTargetRNC-Container", NULL },
	{ "RRC", "TargetRNC-ToSourceRNC-Container", NULL },
	{ "RANAP", "SourceRNC-ToTargetRNC-TransparentContainer", NULL },
	{ "RANAP", "TargetRNC-ToSourceRNC-TransparentContainer", NULL },
};

static void real_ranap(fuzz_add *add, void *user)
{
	static const uint8_t prefix = 0;

	fuzz_seed_file("test/vectors/ranap-pdus.tsv", NULL, &prefix, 1, add, user);
}

static void erlang_rrc(fuzz_add *add, void *user)
{
	size_t i;

	for (i = 0; i < COUNT(rrc_types); i++) {
		const uint8_t prefix = (uint8_t)(i << 1);

		fuzz_seed_file("test/vectors/rrc-messages.txt", rrc_types[i].word, &prefix, 1, add, user);
	}
}

TARGET(ranap, ranap_types, real_ranap(add, user); fuzz_seeds_ranap(add, user))
TARGET(rnsap, rnsap_types, fuzz_seeds_rnsap(add, user))
TARGET(rrc, rrc_types, erlang_rrc(add, user); fuzz_seeds_rrc(2, 3, add, user))
TARGET(containers, container_types, fuzz_seeds_srns_info(0, add, user))
