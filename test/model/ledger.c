/* SPDX-License-Identifier: BSD-2-Clause */
/* ledger.c: which key protected what. The linker puts these functions between the machines and the library's integrity
 * functions (-Wl,--wrap), so that the book is kept from what was computed and not from what a machine says. A message
 * is used once it leaves a machine: before, machines encode some of them twice. */
#include "test/model/model.h"

#include <string.h>

int __real_iuplus_rrc_integrity_protect(struct iuplus_rrc_integrity *s, bool uplink, unsigned rb, uint8_t *pdu,
					size_t len);
int __wrap_iuplus_rrc_integrity_protect(struct iuplus_rrc_integrity *s, bool uplink, unsigned rb, uint8_t *pdu,
					size_t len);

/* The inputs of f9, or of f8, without the message. */
struct use {
	uint8_t key[16];
	uint32_t count, fresh;
	uint8_t uplink, rb, integrity, unused;
};
struct entry {
	struct use use;
	uint64_t content;
	unsigned generation;
};
#define USES 16384u /* a power of two */
static struct entry uses[USES];

/* Protected messages that may be sent yet. */
#define MADE 256u
static struct {
	struct use use;
	uint64_t content;
} made[MADE];
static unsigned made_count;

/* The last COUNT of a key and FRESH, per bearer and direction. */
#define LAST 1024u
static struct entry last[LAST];

static unsigned generation;
static uint64_t pdu_number;
static uint32_t ue_hfn;

static uint64_t hash(const void *data, size_t len)
{
	const uint8_t *p = data;
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	while (len--)
		h = (h ^ *p++) * UINT64_C(0x100000001b3);
	return h ^ h >> 29;
}

void ledger_reset(void)
{
	generation++;
	made_count = 0;
	ue_hfn = 0;
}

uint32_t ledger_ue_hfn(void)
{
	return ue_hfn;
}

void ledger_ue_vector(void)
{
	ue_hfn = 0;
}

/* The entry of a key, found or new; NULL: the table is full, which no schedule reaches. */
static struct entry *look_up(struct entry *table, unsigned size, const struct use *key, bool *found)
{
	unsigned i = (unsigned)hash(key, sizeof(*key)) & (size - 1), n;

	for (n = 0; n < size; n++, i = (i + 1) & (size - 1)) {
		*found = table[i].generation == generation;
		if (!*found) {
			table[i].generation = generation;
			table[i].use = *key;
			return &table[i];
		}
		if (!memcmp(&table[i].use, key, sizeof(*key)))
			return &table[i];
	}
	return NULL;
}

static void book(struct world *w, const struct use *use, uint64_t content, const char *name)
{
	struct use stream = *use;
	struct entry *e;
	bool found;

	e = look_up(uses, USES, use, &found);
	if (e && found && e->content != content)
		model_violation(w, "I2", "one %s protects two messages: %s on RB%u %s",
				use->integrity ? "(IK, COUNT-I, FRESH)" : "(CK, COUNT-C)", name, use->rb,
				use->uplink ? "uplink" : "downlink");
	if (e && !found)
		e->content = content;
	if (!use->integrity)
		return;
	stream.count = 0;
	e = look_up(last, LAST, &stream, &found);
	if (e && found && use->count < e->content)
		model_violation(w, "I10", "COUNT-I goes back: %s on RB%u %s", name, use->rb,
				use->uplink ? "uplink" : "downlink");
	if (e)
		e->content = use->count;
}

int __wrap_iuplus_rrc_integrity_protect(struct iuplus_rrc_integrity *s, bool uplink, unsigned rb, uint8_t *pdu,
					size_t len)
{
	int rc = __real_iuplus_rrc_integrity_protect(s, uplink, rb, pdu, len);
	const struct iuplus_rrc_count *count;
	struct use *use;

	if (rc)
		return rc;
	use = &made[made_count % MADE].use;
	count = uplink ? &s->ul[rb] : &s->dl[rb];
	memset(use, 0, sizeof(*use));
	memcpy(use->key, s->ik, sizeof(use->key));
	use->count = count->hfn << 4 | count->sn;
	use->fresh = s->fresh;
	use->uplink = uplink;
	use->rb = (uint8_t)rb;
	use->integrity = 1;
	made[made_count++ % MADE].content = hash(pdu, len);
	return IUPLUS_OK;
}

void ledger_sent(struct world *w, struct iuplus_octets pdu, bool uplink, const char *name)
{
	uint64_t content = hash(pdu.data, pdu.len);
	unsigned n = made_count < MADE ? made_count : MADE, i;

	for (i = 1; i <= n; i++) {
		const unsigned at = (made_count - i) % MADE;

		if (made[at].content != content || made[at].use.uplink != uplink)
			continue;
		book(w, &made[at].use, content, name);
		if (uplink && made[at].use.count >> 12 > ue_hfn)
			ue_hfn = made[at].use.count >> 12;
		return;
	}
}

void ledger_ciphered(struct world *w, const struct rlc *rlc, uint8_t rb, bool uplink)
{
	uint32_t hfn = rb == 1 ? rlc->hfn >> 5 : rlc->hfn;
	struct use use;

	memset(&use, 0, sizeof(use));
	memcpy(use.key, rlc->ck, sizeof(use.key));
	use.count = rb == 1 ? rlc->hfn << 7 | rlc->sn : rlc->hfn << 12 | rlc->sn;
	use.rb = rb;
	use.uplink = uplink;
	book(w, &use, ++pdu_number, "an RLC PDU");
	if (uplink && hfn > ue_hfn)
		ue_hfn = hfn;
}
