/* SPDX-License-Identifier: BSD-2-Clause */
/* world.c: the configuration of a world, which follows from the seed, and its beginning and end. */
#include "test/model/model.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define IMSI "001010123456789"

static const uint8_t subscriber_k[16] = { 0x46, 0x5b, 0x5c, 0xe8, 0xb1, 0x99, 0xb4, 0x9f,
					  0xaa, 0x5f, 0x0a, 0x2e, 0xe2, 0x38, 0xa6, 0xbc };
static const uint8_t subscriber_opc[16] = { 0xcd, 0x63, 0xcb, 0x71, 0x95, 0x4a, 0x9f, 0x4e,
					    0x48, 0xa5, 0x99, 0x4e, 0x37, 0xa0, 0x2b, 0xaf };

const char *model_ignored[MODEL_IGNORED];
unsigned model_ignored_count;

/* splitmix64 */
uint64_t model_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

void model_trace(struct world *w, const char *format, ...)
{
	va_list ap;

	if (!w->trace)
		return;
	printf("%4u %8llu  ", w->step, (unsigned long long)w->now);
	va_start(ap, format);
	vprintf(format, ap);
	va_end(ap);
	putchar('\n');
}

void model_violation(struct world *w, const char *invariant, const char *format, ...)
{
	va_list ap;
	unsigned i;

	if (w->violation[0])
		return;
	snprintf(w->violation, sizeof(w->violation), "%s", invariant);
	va_start(ap, format);
	vsnprintf(w->what, sizeof(w->what), format, ap);
	va_end(ap);
	for (i = 0; i < model_ignored_count; i++)
		if (strstr(w->what, model_ignored[i])) {
			w->violation[0] = '\0';
			return;
		}
	model_trace(w, "VIOLATED %s: %s", w->violation, w->what);
}

bool model_violated(const struct world *w)
{
	return w->violation[0];
}

/* ---- the core's register ---- */

static struct iuplus_cn_subscriber *by_imsi(void *user, const char *imsi)
{
	struct world *w = user;

	return strcmp(imsi, IMSI) ? NULL : &w->subscriber;
}

static struct iuplus_cn_subscriber *by_ptmsi(void *user, uint32_t ptmsi)
{
	struct world *w = user;
	const struct iuplus_cn_subscriber *s = &w->subscriber;

	return (s->has_ptmsi && s->ptmsi == ptmsi) || (s->has_old_ptmsi && s->old_ptmsi == ptmsi) ?
		       &w->subscriber :
		       NULL;
}

static void ptmsi_changed(void *user, struct iuplus_cn_subscriber *subscriber)
{
	(void)user;
	(void)subscriber;
}

/* ---- configuration ---- */

static void configure_rnc(struct world *w, unsigned n, const uint8_t plmn[3], uint64_t random)
{
	struct iuplus_rnc_config *c = &w->rnc_config[n];

	iuplus_rnc_config_init(c);
	memcpy(c->plmn, plmn, sizeof(c->plmn));
	c->rnc_id = (uint16_t)(n + 1);
	c->lac = 0x1234;
	c->rac = 1;
	c->sac = (uint16_t)(n + 1);
	c->cell_id = (uint16_t)(10 + n);
	c->scrambling_code = (uint16_t)(100 + n);
	c->enhanced = random % 4 != 0;
	c->policy = IUPLUS_ENHANCED_SECURITY_PREFER;
	w->cn_rnc[n].rnc_id = c->rnc_id;
	w->cn_rnc[n].peer = PEER(n);
	w->cn_rnc[n].capability = c->enhanced ? IUPLUS_CN_CAPABILITY_ENHANCED : IUPLUS_CN_CAPABILITY_LEGACY;
}

/* The core's lists, in random order of preference; without ciphering in half of the worlds, because only there an
 * attacker's replays pass RLC. */
static void configure_algorithms(struct iuplus_security_algorithms *a, uint64_t random)
{
	a->uia_count = 0;
	if (random & 1)
		a->uia[a->uia_count++] = 1;
	if ((random & 3) != 1)
		a->uia[a->uia_count++] = 2;
	a->uea_count = 0;
	if (random & 4)
		a->uea[a->uea_count++] = 1 + (random >> 3 & 1);
	if (!(random & 4) || (random & 16))
		a->uea[a->uea_count++] = 0;
}

static void configure_core(struct world *w, const uint8_t plmn[3], uint64_t *r)
{
	struct iuplus_cn_config *c = &w->cn_config;

	c->link.domain = IUPLUS_DOMAIN_PS;
	memcpy(c->link.plmn, plmn, sizeof(c->link.plmn));
	c->link.enhanced = model_random(r) % 8 != 0;
	configure_algorithms(&c->link.algorithms, model_random(r));
	c->link.policy = IUPLUS_ENHANCED_SECURITY_PREFER;
	c->link.freshness = (enum iuplus_security_freshness_kind)(model_random(r) & 3);
	c->link.rnc = w->cn_rnc;
	c->link.rnc_count = w->cells;
	c->gmm.lac = 0x1234;
	c->gmm.rac = 1;
	c->gmm.aka = (enum iuplus_cn_aka)(model_random(r) % 3);
	c->gmm.reallocate = model_random(r) & 1;
	c->gmm.vectors = 1 + model_random(r) % 3;
	c->timer_ms[IUPLUS_CN_TINACTIVITY] = 3600000; /* longer than any rest */
	w->subscribers = (struct iuplus_cn_register){ by_imsi, by_ptmsi, ptmsi_changed, w };
	iuplus_cn_subscriber_init(&w->subscriber, IMSI);
	iuplus_hlr_subscriber_init(&w->hlr, IMSI, subscriber_k, subscriber_opc, (const uint8_t[2]){ 0x80, 0 }, 0);
}

static void configure_ue(struct world *w, const uint8_t plmn[3], uint64_t *r)
{
	struct iuplus_ue_rrc_config *c = &w->ue_config;
	unsigned i;

	iuplus_ue_rrc_config_init(c);
	c->enhanced = model_random(r) % 6 != 0;
	c->policy = IUPLUS_UE_PREFER;
	c->enhanced_capability = IUPLUS_RRC_CAP_KEY_HIERARCHY | IUPLUS_RRC_CAP_DIRECT_DERIVATION;
	c->imsi_digits = 15;
	for (i = 0; i < 15; i++)
		c->imsi[i] = (uint8_t)(IMSI[i] - '0');
	c->cell_count = w->cells;
	for (i = 0; i < w->cells; i++)
		c->cell[i] = w->rnc_config[i].scrambling_code;
	strcpy(w->nas_config.imsi, IMSI);
	memcpy(w->nas_config.k, subscriber_k, sizeof(subscriber_k));
	memcpy(w->nas_config.opc, subscriber_opc, sizeof(subscriber_opc));
	memcpy(w->nas_config.plmn, plmn, 3);
	w->nas_config.follow_on = true;
}

/* Where all know the hierarchy, they may also require it: where one does not, nobody would have service. */
static void require(struct world *w, uint64_t random)
{
	bool all = w->ue_config.enhanced && w->cn_config.link.enhanced;
	unsigned i;

	for (i = 0; i < w->cells; i++)
		all &= w->rnc_config[i].enhanced;
	if (!all || random % 3)
		return;
	w->ue_config.policy = random / 3 & 1 ? IUPLUS_UE_REQUIRE : IUPLUS_UE_REQUIRE_EVERYWHERE;
	w->cn_config.link.policy = IUPLUS_ENHANCED_SECURITY_REQUIRE;
	for (i = 0; i < w->cells; i++)
		w->rnc_config[i].policy = IUPLUS_ENHANCED_SECURITY_REQUIRE;
}

void world_init(struct world *w, uint64_t seed)
{
	uint64_t r = seed ^ UINT64_C(0x6d6f64656c);
	const char *why;
	uint8_t plmn[3];
	unsigned i;

	memset(w, 0, offsetof(struct world, ops));
	memset(&w->judge, 0, sizeof(w->judge));
	w->judge.record = NONE;
	w->violation[0] = w->what[0] = '\0';
	w->step = w->faults = w->relocations = w->rekeys = w->relocated = w->secured = 0;
	w->clean = w->faultless = true;
	w->seed = seed;
	w->rng = model_random(&r);
	w->now = 1000;
	w->next_rnc_id = (uint32_t)model_random(&r) & 0xffff;
	for (i = 0; i < sizeof(w->arena) / sizeof(w->arena[0]); i++)
		iuplus_arena_init(&w->arena[i], 0);
	iuplus_nas_plmn_from_digits("001", "01", plmn);
	w->cells = 2 + model_random(&r) % 2;
	for (i = 0; i < w->cells; i++)
		configure_rnc(w, i, plmn, model_random(&r));
	configure_core(w, plmn, &r);
	configure_ue(w, plmn, &r);
	require(w, model_random(&r));
	w->ue.rrc = iuplus_ue_rrc_new();
	if (!w->ue.rrc || iuplus_ue_nas_init(&w->ue.nas, &w->nas_config, &why))
		abort();
	w->ue.id = (uint32_t)model_random(&w->rng) | 1;
	w->foreign_command = w->ue_returns = w->ue_has_new_keys = w->fallen_back = false;
	ledger_reset();
	keys_reset();
}

void world_free(struct world *w)
{
	unsigned i;

	for (i = 0; i < CONTEXTS; i++) {
		if (w->rnc[i].used)
			iuplus_rnc_ue_free(w->rnc[i].ue);
		if (w->cn[i].used)
			iuplus_cn_ue_free(w->cn[i].cn);
	}
	iuplus_ue_rrc_free(w->ue.rrc);
	iuplus_ue_nas_end(&w->ue.nas);
	for (i = 0; i < w->queued; i++)
		free(w->queue[i].pdu);
	for (i = 0; i < w->records; i++)
		free(w->record[i].pdu);
	for (i = 0; i < sizeof(w->arena) / sizeof(w->arena[0]); i++)
		iuplus_arena_free(&w->arena[i]);
}
