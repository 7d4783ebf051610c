/* SPDX-License-Identifier: BSD-2-Clause */
/* iu_destination.c: the point codes that an Iu endpoint reaches, over which associations, and whether they are
 * available (RFC 4666 3.4, 4.5; Q.714 5.2). */
#include "src/net/iu_internal.h"

#include <inttypes.h>
#include <stdlib.h>

#define SCCP_ITSELF IUPLUS_SCCP_SSN_SCMG
/* The longest pause between two tests of a missing subsystem (T(stat info), Q.714 annex C). */
#define LAST_TEST_MS 600000u
/* An SCON holds for this long unless another one follows. */
#define CONGESTION_MS 10000u
/* A destination that DUNA made unavailable is asked for again: its DAVA may have been lost. */
#define AUDIT_MS 30000u

/* --- the table --- */

struct iu_destination *iu_destination_find(const struct iuplus_iu *iu, uint32_t pc)
{
	return pc <= IU_MAX_POINT_CODE ? iu->by_point_code[pc] : NULL;
}

struct iu_destination *iu_destination_get(struct iuplus_iu *iu, uint32_t pc)
{
	struct iu_destination *d = iu_destination_find(iu, pc);

	if (d != NULL || pc == 0 || pc > IU_MAX_POINT_CODE)
		return d;
	d = calloc(1, sizeof(*d));
	if (d == NULL)
		return NULL;
	d->point_code = pc;
	d->test_at = IU_NEVER;
	d->next = iu->destinations;
	iu->destinations = d;
	iu->by_point_code[pc] = d;
	return d;
}

void iu_destinations_free(struct iuplus_iu *iu)
{
	for (struct iu_destination *d = iu->destinations, *next; d != NULL; d = next) {
		next = d->next;
		free(d);
	}
	free(iu->by_point_code);
}

/* --- links --- */

static struct iu_link *find_link(struct iu_destination *d, const struct iu_peer *p)
{
	for (unsigned i = 0; i < d->links; i++)
		if (d->link[i].peer == p)
			return &d->link[i];
	return NULL;
}

bool iu_linked(const struct iu_destination *d, const struct iu_peer *p)
{
	for (unsigned i = 0; i < d->links; i++)
		if (d->link[i].peer == p)
			return true;
	return false;
}

/* The other associations may be what is left of before a restart of the peer: each is asked, and is used again when it
 * is heard. */
static void doubt_others(struct iu_destination *d, const struct iu_link *fresh)
{
	for (unsigned i = 0; i < d->links; i++) {
		struct iu_link *l = &d->link[i];

		if (l == fresh || !iu_peer_active(l->peer))
			continue;
		l->doubted = true;
		l->doubted_at = l->peer->heard;
		iuplus_m3ua_probe(&l->peer->m3ua);
	}
}

int iu_link_add(struct iu_destination *d, struct iu_peer *p, bool configured)
{
	struct iu_link *l = find_link(d, p);

	if (l != NULL) {
		l->configured = l->configured || configured;
		return 0;
	}
	if (d->links == IU_MAX_LINKS)
		return IUPLUS_ERR_SPACE;
	l = &d->link[d->links++];
	*l = (struct iu_link){ .peer = p, .configured = configured };
	if (iu_peer_active(p))
		doubt_others(d, l);
	return 0;
}

static bool usable(const struct iu_link *l)
{
	return iu_peer_active(l->peer) && !l->prohibited;
}

static bool trusted(const struct iu_link *l)
{
	return usable(l) && !(l->doubted && l->peer->heard == l->doubted_at);
}

static struct iu_peer *select_of(const struct iu_destination *d, uint8_t sls, bool (*fits)(const struct iu_link *))
{
	unsigned n = 0, which;

	for (unsigned i = 0; i < d->links; i++)
		n += fits(&d->link[i]);
	if (n == 0)
		return NULL;
	which = sls % n;
	for (unsigned i = 0; i < d->links; i++)
		if (fits(&d->link[i]) && which-- == 0)
			return d->link[i].peer;
	return NULL;
}

/* Messages of one SLS use the same association as long as the set of associations is the same, so they stay in
 * sequence. */
struct iu_peer *iu_select(const struct iuplus_iu *iu, uint32_t pc, uint8_t sls)
{
	const struct iu_destination *d = iu_destination_find(iu, pc);
	struct iu_peer *p = d != NULL ? select_of(d, sls, trusted) : NULL;

	return p != NULL || d == NULL ? p : select_of(d, sls, usable);
}

/* --- availability --- */

static void become_available(struct iuplus_iu *iu, struct iu_destination *d)
{
	const struct iu_peer *p = iu_select(iu, d->point_code, 0);

	d->available = true;
	iu_say(iu, false, "point code %" PRIu32 " is available (%s:%u)", d->point_code, p->address.ip, p->address.port);
	if (iu->callbacks.peer_available != NULL)
		iu->callbacks.peer_available(iu->callbacks.user, d->point_code);
}

static void become_lost(struct iuplus_iu *iu, struct iu_destination *d, const char *reason)
{
	d->available = false;
	/* End the connections first: when the peer is reported lost, nothing refers to it any longer. */
	iuplus_sccp_peer_lost(iu->sccp, d->point_code, reason);
	iu_say(iu, false, "point code %" PRIu32 " is lost: %s", d->point_code, reason);
	if (iu->callbacks.peer_lost != NULL && !iu->closing)
		iu->callbacks.peer_lost(iu->callbacks.user, d->point_code, reason);
}

static void update(struct iuplus_iu *iu, struct iu_destination *d, const char *reason)
{
	bool available = d->missing_ssn == 0 && iu_select(iu, d->point_code, 0) != NULL;

	if (available && !d->available)
		become_available(iu, d);
	else if (!available && d->available)
		become_lost(iu, d, reason);
}

static void remove_link(struct iu_destination *d, const struct iu_peer *p)
{
	struct iu_link *l = find_link(d, p);

	if (l != NULL)
		*l = d->link[--d->links];
}

/* Forgets what the peer said before: its DUNA, and what was learned from it. */
static void reset_link(struct iu_destination *d, const struct iu_peer *p, bool gone)
{
	struct iu_link *l = find_link(d, p);

	if (gone || !l->configured) {
		remove_link(d, p);
		return;
	}
	l->prohibited = l->doubted = false;
}

void iu_peer_changed(struct iu_peer *p, const char *reason, bool gone)
{
	struct iuplus_iu *iu = p->iu;
	bool active = iu_peer_active(p);

	/* Destinations are never removed, and new ones are put before the first: the walk is safe whatever the user
	 * does in his callbacks. */
	for (struct iu_destination *d = iu->destinations; d != NULL; d = d->next) {
		if (!iu_linked(d, p))
			continue;
		if (active) {
			doubt_others(d, find_link(d, p));
			d->missing_ssn = 0; /* as after DAVA, until the peer says otherwise */
			d->test_at = IU_NEVER;
		} else {
			reset_link(d, p, gone);
		}
		update(iu, d, reason);
	}
}

static void audit(struct iuplus_iu *iu, struct iu_destination *d, struct iu_peer *p)
{
	d->audited_at = iu_now(iu);
	d->audit_at = d->audited_at + AUDIT_MS;
	iuplus_m3ua_audit(&p->m3ua, d->point_code);
}

void iu_audit(struct iu_peer *p)
{
	for (struct iu_destination *d = p->iu->destinations; d != NULL; d = d->next) {
		const struct iu_link *l = find_link(d, p);

		if (l != NULL && l->configured)
			audit(p->iu, d, p);
	}
}

bool iu_learn(struct iu_peer *p, uint32_t pc)
{
	struct iuplus_iu *iu = p->iu;
	struct iu_destination *d = iu_destination_get(iu, pc);

	if (d == NULL)
		return false;
	if (!iu_linked(d, p) && d->links > 0)
		iu_say(iu, false, "point code %" PRIu32 " also comes by the association with %s:%u", pc, p->address.ip,
		       p->address.port);
	if (iu_link_add(d, p, false) != 0)
		iu_say(iu, true, "point code %" PRIu32 " comes by more than %u associations; %s:%u is not used for it",
		       pc, IU_MAX_LINKS, p->address.ip, p->address.port);
	update(iu, d, NULL);
	/* It speaks although it is unavailable: ask, because DAVA may have been lost. */
	if (iu_linked(d, p) && find_link(d, p)->prohibited &&
	    (d->audited_at == 0 || iu_now(iu) >= d->audited_at + p->m3ua.config.timers.t_ack))
		audit(iu, d, p);
	return true;
}

/* --- what peers say of destinations --- */

/* A test that cannot be sent, because no association is up, is sent again as one that is not answered. */
static void test(struct iuplus_iu *iu, struct iu_destination *d)
{
	d->test_at = iu_now(iu) + d->test_ms;
	d->test_ms = d->test_ms < LAST_TEST_MS / 2 ? d->test_ms * 2 : LAST_TEST_MS;
	if (iuplus_sccp_test(iu->sccp, d->point_code, d->missing_ssn) != 0)
		iu_say(iu, false, "status test of subsystem %u at point code %" PRIu32 " not sent", d->missing_ssn,
		       d->point_code);
}

static void missing(struct iuplus_iu *iu, struct iu_destination *d, uint8_t ssn, const char *reason)
{
	if (d->missing_ssn == SCCP_ITSELF)
		return;
	d->missing_ssn = ssn;
	d->test_ms = iu->config.t_stat_info_ms;
	d->test_at = iu_now(iu) + iu->config.t_stat_info_ms;
	update(iu, d, reason);
	/* a whole SCCP is asked at once, because nobody reports its return (Q.714 5.2.4) */
	if (d->missing_ssn == SCCP_ITSELF)
		test(iu, d);
}

static void present(struct iuplus_iu *iu, struct iu_destination *d)
{
	d->missing_ssn = 0;
	d->test_at = IU_NEVER;
	update(iu, d, NULL);
}

void iu_subsystem(struct iuplus_iu *iu, uint32_t pc, uint8_t ssn, bool allowed)
{
	struct iu_destination *d = iu_destination_find(iu, pc);

	if (d == NULL)
		return;
	if (allowed && ssn == d->missing_ssn) {
		iu_say(iu, true, "subsystem %u of point code %" PRIu32 " is in service again", ssn, pc);
		present(iu, d);
	} else if (!allowed && ssn == iu->config.ssn) {
		iu_say(iu, true, "subsystem %u of point code %" PRIu32 " is out of service", ssn, pc);
		missing(iu, d, ssn, "subsystem out of service (SSP)");
	}
}

static void congested(struct iuplus_iu *iu, struct iu_destination *d, const struct iuplus_m3ua_message *m)
{
	/* without the parameter the level is not known; it is the national option without levels (3.4.4) */
	uint8_t level = m->has_congestion ? m->congestion : 1;

	if (level != d->congestion && iu->callbacks.peer_congested != NULL)
		iu->callbacks.peer_congested(iu->callbacks.user, d->point_code, level);
	d->congestion = level;
	d->congested_until = level > 0 ? iu_now(iu) + CONGESTION_MS : 0;
}

static void apply(struct iu_peer *p, struct iu_destination *d, const struct iuplus_m3ua_message *m)
{
	struct iuplus_iu *iu = p->iu;
	struct iu_link *l = find_link(d, p);

	switch (m->type) {
	case IUPLUS_M3UA_DUNA:
		l->prohibited = true;
		d->audit_at = iu_now(iu) + AUDIT_MS;
		update(iu, d, "destination unavailable (DUNA)");
		return;
	case IUPLUS_M3UA_DAVA:
	case IUPLUS_M3UA_DRST: /* restricted: reached all the same, if there is no better way */
		l->prohibited = false;
		/* MTP-RESUME: the peer's SCCP is taken to be there too (Q.714 5.2.2) */
		present(iu, d);
		return;
	case IUPLUS_M3UA_SCON:
		congested(iu, d, m);
		return;
	case IUPLUS_M3UA_DUPU:
		if (m->affected_user == IUPLUS_M3UA_SI_SCCP)
			missing(iu, d, SCCP_ITSELF, "SCCP unavailable there (DUPU)");
		return;
	default:
		return;
	}
}

/* The first point code of an affected one, and the number of its low bits that do not matter (3.4.1). */
static uint32_t affected_point_code(const uint8_t *p, unsigned *mask)
{
	*mask = p[0] < 24 ? p[0] : 24;
	return (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

void iu_destination_event(struct iu_peer *p, const struct iuplus_m3ua_message *m)
{
	struct iuplus_iu *iu = p->iu;

	for (size_t at = 0; at + 4 <= m->affected.len; at += 4) {
		unsigned mask;
		uint32_t pc = affected_point_code(m->affected.data + at, &mask);

		iu_say(iu, true, "%s from %s:%u: point code %" PRIu32 "%s%.0u", iuplus_m3ua_type_name(m->type),
		       p->address.ip, p->address.port, pc, mask > 0 ? ", mask " : "", mask);
		for (struct iu_destination *d = iu->destinations; d != NULL; d = d->next)
			if (iu_linked(d, p) && d->point_code >> mask == pc >> mask)
				apply(p, d, m);
	}
}

/* --- time --- */

static const struct iu_link *prohibited_link(const struct iu_destination *d)
{
	for (unsigned i = 0; i < d->links; i++)
		if (d->link[i].prohibited && d->link[i].peer->m3ua.config.role == IUPLUS_M3UA_CLIENT)
			return &d->link[i];
	return NULL;
}

uint64_t iu_destination_next(const struct iuplus_iu *iu)
{
	uint64_t next = IU_NEVER;

	for (const struct iu_destination *d = iu->destinations; d != NULL; d = d->next) {
		if (d->test_at < next)
			next = d->test_at;
		if (prohibited_link(d) != NULL && d->audit_at < next)
			next = d->audit_at;
	}
	return next;
}

void iu_destination_tick(struct iuplus_iu *iu, uint64_t now)
{
	for (struct iu_destination *d = iu->destinations; d != NULL; d = d->next) {
		const struct iu_link *l = prohibited_link(d);

		if (d->test_at <= now)
			test(iu, d);
		if (l != NULL && d->audit_at <= now)
			audit(iu, d, l->peer);
	}
}
