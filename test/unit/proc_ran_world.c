/* SPDX-License-Identifier: BSD-2-Clause */
#include "test/unit/proc_ran_world.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void world_random(void *user, uint8_t *buf, size_t len)
{
	struct world *w = user;

	while (len--) {
		w->rng = w->rng * 1664525u + 1013904223u;
		*buf++ = w->rng >> 24;
	}
}

static unsigned pdus(void *user, uint8_t rb, size_t len)
{
	(void)user;
	(void)rb;
	return (len + WORLD_PDU - 1) / WORLD_PDU;
}

/* ---- radio ---- */

static struct world_radio *radio_of(struct world *w, enum world_node node)
{
	return node == WORLD_UE ? &w->ue_radio[w->ue_cell] : &w->rnc_radio[node - WORLD_SOURCE];
}

static void snapshot(const struct world_radio *radio, struct iuplus_proc_radio *out)
{
	unsigned rb;

	for (rb = 0; rb < IUPLUS_PROC_RBS; rb++) {
		out->tx_sn[rb] = radio->tx[rb].sn;
		out->rx_sn[rb] = radio->rx[rb].sn;
		out->tx_hfn[rb] = radio->tx[rb].hfn;
		out->rx_hfn[rb] = radio->rx[rb].hfn;
	}
}

static void apply(struct world_rlc *rlc, const struct iuplus_proc_cipher *c)
{
	rlc->uea = c->uea;
	memcpy(rlc->ck, c->ck, sizeof(rlc->ck));
	rlc->hfn = c->hfn;
}

/* Applies the configuration that is due for the next PDU. */
static void due(struct world_rlc *rlc)
{
	if (rlc->waiting && rlc->sn == rlc->activation) {
		apply(rlc, &rlc->next);
		rlc->waiting = false;
	}
}

static void advance(struct world_rlc *rlc, unsigned rb)
{
	rlc->sn = (rlc->sn + 1) % (rb == 1 ? 128 : 4096);
	if (rlc->sn == 0)
		rlc->hfn++;
}

static void cipher(struct world *w, enum world_node node, const struct iuplus_proc_action *a)
{
	struct world_radio *radio = radio_of(w, node);
	bool tx = (node == WORLD_UE) == a->cipher.uplink;
	struct world_rlc *rlc = tx ? &radio->tx[a->rb] : &radio->rx[a->rb];

	rlc->held = false;
	if (a->cipher.reestablish) {
		rlc->sn = 0;
		rlc->waiting = false;
	}
	if (a->cipher.now || a->cipher.activation_sn == rlc->sn) {
		apply(rlc, &a->cipher);
	} else {
		rlc->waiting = true;
		rlc->activation = a->cipher.activation_sn;
		rlc->next = a->cipher;
	}
}

static bool same_cipher(const struct world_rlc *a, const struct world_rlc *b)
{
	if (a->uea != b->uea)
		return false;
	return a->uea == 0 || (a->hfn == b->hfn && a->sn == b->sn && !memcmp(a->ck, b->ck, sizeof(a->ck)));
}

/* ---- the queue ---- */

struct world_message *world_put(struct world *w, enum world_node from, enum world_node to, struct iuplus_octets pdu,
				const char *name)
{
	struct world_message *m;
	size_t len;

	if (!name)
		name = "?";
	if (w->tail == WORLD_MAX_MESSAGES) {
		w->overflows++;
		return NULL;
	}
	m = &w->queue[w->tail++];
	memset(m, 0, sizeof(*m));
	m->from = from;
	m->to = to;
	m->pdu = malloc(pdu.len ? pdu.len : 1);
	if (pdu.len)
		memcpy(m->pdu, pdu.data, pdu.len);
	m->len = pdu.len;
	len = strlen(name);
	if (len >= sizeof(m->name))
		len = sizeof(m->name) - 1;
	memcpy(m->name, name, len);
	return m;
}

static void append(struct world *w, const char *text)
{
	size_t len = strlen(text), room = sizeof(w->log) - 1 - w->log_len;

	if (len > room)
		len = room;
	memcpy(w->log + w->log_len, text, len);
	w->log_len += len;
	w->log[w->log_len] = '\0';
}

void world_record(struct world *w, enum iuplus_proc_step step, const char *name, enum iuplus_key_kind kind)
{
	static const char *const kinds[] = { ":none;", ":legacy;", ":enhanced;", ":mapped;" };

	/* FIG. 9 numbers the steps in the order of the enum, from 900. */
	if (step != IUPLUS_STEP_NONE) {
		unsigned number = (unsigned)step - IUPLUS_STEP_DECIDED;

		append(w, (char[]){ '9', (char)('0' + number / 10), (char)('0' + number % 10), '\0' });
	}
	append(w, ":");
	append(w, name);
	append(w, kinds[kind]);
}

static void start_timer(struct world *w, enum world_node node, unsigned timer, uint32_t ms)
{
	struct world_timer *free_one = NULL;
	unsigned i;

	for (i = 0; i < w->timer_end; i++) {
		struct world_timer *t = &w->timers[i];

		if (t->running && t->node == node && t->timer == timer) {
			t->due = w->now + ms;
			return;
		}
		if (!t->running && !free_one)
			free_one = t;
	}
	if (!free_one && w->timer_end < WORLD_MAX_TIMERS)
		free_one = &w->timers[w->timer_end++];
	if (!free_one) {
		w->overflows++;
		return;
	}
	free_one->running = true;
	free_one->node = node;
	free_one->timer = timer;
	free_one->due = w->now + ms;
}

static void stop_timer(struct world *w, enum world_node node, unsigned timer)
{
	unsigned i;

	for (i = 0; i < w->timer_end; i++)
		if (w->timers[i].running && w->timers[i].node == node && w->timers[i].timer == timer)
			w->timers[i].running = false;
}

static enum world_node rnc_of_cell(const struct world *w, unsigned cell)
{
	return cell == w->rnc_cfg[0].scrambling_code ? WORLD_SOURCE : WORLD_TARGET;
}

static void use(struct world *w, enum world_node from, uint8_t rb, const uint8_t *key, bool integrity, uint32_t hfn,
		uint16_t sn)
{
	struct world_use *u = &w->uses[w->use_count];

	if (hfn == UINT32_MAX)
		return; /* not ciphered */
	if (w->use_count == WORLD_MAX_USES) {
		w->overflows++;
		return;
	}
	memset(u, 0, sizeof(*u));
	memcpy(u->key, key, sizeof(u->key));
	u->uplink = from == WORLD_UE;
	u->integrity = integrity;
	u->rb = rb;
	u->hfn = hfn;
	u->sn = sn;
	w->use_count++;
}

/* The sender's counter is that of the message now, unless the target built it: then the target has counted it. */
static void use_integrity(struct world *w, enum world_node from, const struct iuplus_proc_action *a)
{
	const struct iuplus_rrc_integrity *s;
	const struct iuplus_rrc_count *count;
	uint8_t sn = a->pdu.len > 4 ? a->pdu.data[4] >> 3 & 15 : 0;

	if (a->protected_by == IUPLUS_KEYS_NONE || a->step == IUPLUS_STEP_UE_TOLD)
		return;
	s = from == WORLD_UE ? &w->ue->now.integrity : &w->rnc[from - WORLD_SOURCE]->integrity;
	if (from != WORLD_UE && w->rnc[from - WORLD_SOURCE]->state == IUPLUS_RNC_SECURING)
		s = &w->rnc[from - WORLD_SOURCE]->pending.integrity;
	count = from == WORLD_UE ? &s->ul[a->rb] : &s->dl[a->rb];
	/* several messages of one event: the earlier ones have lower numbers */
	use(w, from, a->rb, s->ik, true, count->hfn - (sn > count->sn), sn);
}

unsigned world_repeated(const struct world *w)
{
	unsigned i, j, n = 0;

	for (i = 0; i < w->use_count; i++)
		for (j = 0; j < i; j++)
			if (!memcmp(&w->uses[i], &w->uses[j], sizeof(w->uses[i]))) {
				if (!n++)
					fprintf(stderr, "used twice: %s RB%u %s HFN %x SN %x, uses %u and %u\n",
						w->uses[i].integrity ? "integrity" : "ciphering", w->uses[i].rb,
						w->uses[i].uplink ? "uplink" : "downlink", (unsigned)w->uses[i].hfn,
						w->uses[i].sn, j, i);
			}
	return n;
}

enum world_node world_old(const struct world *w)
{
	return WORLD_SOURCE + w->serving;
}

enum world_node world_new(const struct world *w)
{
	return WORLD_SOURCE + !w->serving;
}

static void send_rrc(struct world *w, enum world_node from, const struct iuplus_proc_action *a)
{
	enum world_node to = from == WORLD_UE ? WORLD_SOURCE + w->ue_cell : WORLD_UE;
	struct world_radio *radio = radio_of(w, from);
	struct world_rlc *tx = &radio->tx[a->rb];
	struct world_message *m;
	unsigned n, i;

	world_record(w, a->step, a->message, a->protected_by);
	n = pdus(NULL, a->rb, a->pdu.len);
	m = world_put(w, from, to, a->pdu, a->message);
	if (!m)
		return;
	m->rb = a->rb;
	m->kind = a->protected_by;
	m->pdus = n;
	due(tx);
	m->cipher = *tx;
	for (i = 0; a->rb && i < n; i++) {
		due(tx);
		use(w, from, a->rb, tx->ck, false, tx->uea ? tx->hfn : UINT32_MAX, tx->sn);
		advance(tx, a->rb);
	}
	use_integrity(w, from, a);
}

static void carry_out(struct world *w, enum world_node node, const struct iuplus_proc_actions *actions)
{
	unsigned i;

	for (i = 0; i < actions->count; i++) {
		const struct iuplus_proc_action *a = &actions->list[i];
		struct world_message *m;

		switch (a->kind) {
		case IUPLUS_ACT_RRC_SEND:
			send_rrc(w, node, a);
			break;
		case IUPLUS_ACT_IU_CONNECT:
		case IUPLUS_ACT_IU_SEND:
		case IUPLUS_ACT_IU_RELEASE:
			if (a->kind != IUPLUS_ACT_IU_RELEASE)
				world_record(w, a->step, a->message, a->protected_by);
			m = world_put(w, node, WORLD_CN, a->pdu, a->message);
			if (m) {
				m->ranap = true;
				m->conn = a->conn;
				m->connect = a->kind == IUPLUS_ACT_IU_CONNECT;
				m->release = a->kind == IUPLUS_ACT_IU_RELEASE;
			}
			break;
		case IUPLUS_ACT_TIMER_START:
			start_timer(w, node, a->timer, a->ms);
			break;
		case IUPLUS_ACT_TIMER_STOP:
			stop_timer(w, node, a->timer);
			break;
		case IUPLUS_ACT_CIPHER:
			cipher(w, node, a);
			break;
		case IUPLUS_ACT_HOLD:
			radio_of(w, node)->rx[a->rb].held = a->hold;
			break;
		case IUPLUS_ACT_TUNE:
			if (w->ue_cell != rnc_of_cell(w, a->cell) - WORLD_SOURCE) {
				w->ue_cell = rnc_of_cell(w, a->cell) - WORLD_SOURCE;
				w->heard = false;
			}
			break;
		case IUPLUS_ACT_NAS_UP:
			w->nas_up++;
			break;
		case IUPLUS_ACT_NAS_SECURED:
			w->secured++;
			break;
		case IUPLUS_ACT_NAS_AREA:
			w->areas++;
			w->area = a->area;
			break;
		case IUPLUS_ACT_NAS_KEYS_VOID:
			w->keys_void++;
			break;
		case IUPLUS_ACT_NAS_RELEASED:
			w->nas_released++;
			break;
		case IUPLUS_ACT_KEYS:
			w->keys[node] = a->keys;
			if (node != WORLD_UE && w->rnc[node - WORLD_SOURCE]->state == IUPLUS_RNC_EXPECTING) {
				/* the message in its container */
				const struct iuplus_rrc_integrity *s = &w->rnc[node - WORLD_SOURCE]->integrity;

				use(w, node, 2, s->ik, true, s->dl[2].hfn, s->dl[2].sn);
			}
			break;
		case IUPLUS_ACT_NOTE:
			w->notes[node]++;
			world_record(w, a->step, "note", IUPLUS_KEYS_NONE);
			break;
		case IUPLUS_ACT_FAILURE:
			if (a->mac) {
				w->refused.count++;
				w->refused.node = node;
				w->refused.check = *a->mac;
				w->refused.keys = a->keys;
				snprintf(w->refused.text, sizeof(w->refused.text), "%s", a->message);
			}
			if (!w->failures++)
				snprintf(w->first_failure, sizeof(w->first_failure), "node %d: %s", (int)node,
					 a->message);
			if (getenv("WORLD_VERBOSE"))
				fprintf(stderr, "%6llu node %d: %s\n", (unsigned long long)w->now, (int)node,
					a->message);
			break;
		case IUPLUS_ACT_FREE:
			w->frees++;
			break;
		default:
			break;
		}
	}
}

static void environment(struct world *w, struct iuplus_proc_env *env, struct iuplus_proc_radio *radio,
			enum world_node node)
{
	memset(env, 0, sizeof(*env));
	memset(radio, 0, sizeof(*radio));
	snapshot(radio_of(w, node), radio);
	env->now_ms = w->now;
	env->arena = &w->arena;
	env->random = world_random;
	env->user = w;
	env->radio = radio;
	env->pdus = pdus;
	w->arena.limit = w->arena_limit ? w->arena_limit : IUPLUS_ARENA_DEFAULT_LIMIT;
}

int world_ue(struct world *w, const struct iuplus_ue_rrc_event *event)
{
	static struct iuplus_proc_actions actions;
	struct iuplus_proc_radio radio;
	struct iuplus_proc_env env;
	int rc;

	if (w->dead[WORLD_UE])
		return IUPLUS_OK;
	environment(w, &env, &radio, WORLD_UE);
	actions.count = 0;
	rc = iuplus_ue_rrc_event(w->ue, &w->ue_cfg, &env, event, &actions);
	if (rc)
		w->rc = rc;
	w->overflows += rc == IUPLUS_ERR_SPACE;
	carry_out(w, WORLD_UE, &actions);
	iuplus_proc_wipe(&actions);
	iuplus_arena_reset(&w->arena, true);
	return rc;
}

int world_rnc(struct world *w, unsigned n, const struct iuplus_rnc_event *event)
{
	static struct iuplus_proc_actions actions;
	struct iuplus_proc_radio radio;
	struct iuplus_proc_env env;
	int rc;

	if (w->dead[WORLD_SOURCE + n])
		return IUPLUS_OK;
	environment(w, &env, &radio, WORLD_SOURCE + n);
	actions.count = 0;
	rc = iuplus_rnc_event(w->rnc[n], &w->rnc_cfg[n], &env, event, &actions);
	if (rc)
		w->rc = rc;
	w->overflows += rc == IUPLUS_ERR_SPACE;
	carry_out(w, WORLD_SOURCE + n, &actions);
	iuplus_proc_wipe(&actions);
	iuplus_arena_reset(&w->arena, true);
	return rc;
}

/* ---- delivery ---- */

/* The RNC has no context of the UE, so nothing receives the UE's transmissions. */
static bool unserved(const struct world *w, enum world_node node)
{
	enum iuplus_rnc_state state = w->rnc[node - WORLD_SOURCE]->state;

	return w->dead[node] || state == IUPLUS_RNC_GONE || state == IUPLUS_RNC_IDLE;
}

static void deliver_rrc(struct world *w, const struct world_message *m)
{
	struct world_radio *radio;
	struct world_rlc *rx;
	unsigned i, times;

	if (m->to == WORLD_UE && m->from != WORLD_SOURCE + w->ue_cell)
		return; /* the UE listens to another cell */
	if (m->to == WORLD_UE && !w->heard) {
		w->heard = true;
		world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RADIO_HEARD });
	}
	radio = radio_of(w, m->to);
	rx = &radio->rx[m->rb];
	if (m->rb && (m->to == WORLD_UE || !unserved(w, m->to))) {
		due(rx);
		if (!same_cipher(rx, &m->cipher)) {
			if (getenv("WORLD_VERBOSE"))
				fprintf(stderr,
					"%s on RB%u to %d: UEA%u HFN %x SN %x at the sender, UEA%u HFN %x SN %x\n",
					m->name, m->rb, (int)m->to, m->cipher.uea, (unsigned)m->cipher.hfn,
					m->cipher.sn, rx->uea, (unsigned)rx->hfn, rx->sn);
			w->cipher_errors++;
		}
		for (i = 0; i < m->pdus; i++) {
			due(rx);
			advance(rx, m->rb);
		}
	}
	times = w->twice && m->kind != IUPLUS_KEYS_NONE ? 2 : 1;
	for (i = 0; i < times; i++) {
		struct iuplus_octets pdu = { m->pdu, m->len };
		unsigned before = w->failures;

		if (m->to == WORLD_UE)
			world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RRC, .rb = m->rb, .pdu = pdu });
		else
			world_rnc(w, m->to - WORLD_SOURCE,
				  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RRC, .rb = m->rb, .pdu = pdu });
		if (i)
			w->failures = before; /* a retransmission is reported by the machine, which is right */
	}
	/* RLC acknowledges: the UE detects the cell that it sent to */
	if (m->from == WORLD_UE && m->rb && !w->heard && !unserved(w, m->to) && m->to == WORLD_SOURCE + w->ue_cell) {
		w->heard = true;
		world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RADIO_HEARD });
	}
}

static bool hit(const char **name, const struct world_message *m)
{
	if (!*name || strcmp(*name, m->name))
		return false;
	*name = NULL;
	return true;
}

/* The physical channel of the UE's new cell is established as soon as the cell's RNC serves the UE. */
static void synchronise(struct world *w)
{
	if (w->heard || w->dead[WORLD_UE] || w->ue->state != IUPLUS_UE_ARRIVING ||
	    unserved(w, WORLD_SOURCE + w->ue_cell))
		return;
	w->heard = true;
	world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RADIO_HEARD });
}

/* The RNC keeps the PDUs of this bearer: others are delivered before. False: no other message is left. */
static bool pass_held(struct world *w)
{
	unsigned n, held = 0;

	for (n = w->head; n < w->tail; n++) {
		const struct world_message *m = &w->queue[w->head];

		if (m->ranap || m->to == WORLD_UE || m->to == WORLD_CN || unserved(w, m->to) ||
		    !w->rnc_radio[m->to - WORLD_SOURCE].rx[m->rb].held)
			return true;
		if (w->tail == WORLD_MAX_MESSAGES) {
			w->overflows++;
			return false;
		}
		held++;
		w->queue[w->tail++] = w->queue[w->head++];
		if (held == w->tail - w->head)
			return false;
	}
	return true;
}

void world_run(struct world *w)
{
	w->stopped = false;
	for (synchronise(w); w->head < w->tail; synchronise(w)) {
		struct world_message *m;

		if (!pass_held(w))
			return;
		m = &w->queue[w->head];
		if ((w->stop_before && !strcmp(w->stop_before, m->name)) ||
		    (w->stop_at && w->delivered == w->stop_at)) {
			w->stopped = true;
			w->stop_at = 0;
			return;
		}
		w->head++;
		w->delivered++;
		if (!w->dead[m->to] && !w->dead[m->from] && !hit(&w->drop, m)) {
			if (hit(&w->tamper, m) && m->len)
				m->pdu[1] ^= 0x10; /* in the MAC of an RRC message */
			if (m->to == WORLD_CN)
				world_cn_receive(w, m);
			else if (m->ranap)
				world_rnc(w, m->to - WORLD_SOURCE,
					  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RANAP,
								      .conn = m->conn,
								      .pdu = { m->pdu, m->len } });
			else
				deliver_rrc(w, m);
		}
		free(m->pdu);
		m->pdu = NULL;
		iuplus_arena_reset(&w->arena, true);
	}
	w->head = w->tail = 0;
}

struct world_message *world_run_up_to(struct world *w, enum world_node to, const char *name)
{
	while (w->head < w->tail) {
		struct world_message *m = &w->queue[w->head];

		if (m->to == to && !strcmp(m->name, name))
			return m;
		w->stop_at = w->delivered + 1;
		world_run(w);
		w->stop_at = 0;
	}
	return NULL;
}

bool world_tick(struct world *w, uint64_t limit)
{
	struct world_timer *next = NULL;
	unsigned i;

	for (i = 0; i < w->timer_end; i++)
		if (w->timers[i].running && !w->dead[w->timers[i].node] && (!next || w->timers[i].due < next->due))
			next = &w->timers[i];
	if (!next || next->due > w->now + limit)
		return false;
	next->running = false;
	if (next->due > w->now)
		w->now = next->due;
	if (next->node == WORLD_UE)
		world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_TIMER, .timer = next->timer });
	else
		world_rnc(w, next->node - WORLD_SOURCE,
			  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_TIMER, .timer = next->timer });
	world_run(w);
	return true;
}

void world_settle(struct world *w)
{
	unsigned limit = 200;

	world_run(w);
	while (limit && limit--) {
		if (world_tick(w, 3600000))
			continue;
		/* a UE in a cell that does not know it loses synchronisation */
		if (w->dead[WORLD_UE] || w->ue->state == IUPLUS_UE_IDLE || !unserved(w, WORLD_SOURCE + w->ue_cell))
			return;
		world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RADIO_LOST });
		world_run(w);
	}
	w->overflows++;
}

void world_lose(struct world *w)
{
	free(w->queue[w->head++].pdu);
}

void world_flush(struct world *w)
{
	while (w->head < w->tail)
		world_lose(w);
	w->head = w->tail = 0;
}

/* ---- creation and release ---- */

void world_init(struct world *w, bool ue, bool source, bool target, unsigned uia, unsigned uea)
{
	unsigned n, i;

	memset(w, 0, sizeof(*w));
	w->ue_enhanced = ue;
	w->source_enhanced = source;
	w->target_enhanced = target;
	w->rng = 1;
	iuplus_arena_init(&w->arena, 0);
	iuplus_ue_rrc_config_init(&w->ue_cfg);
	w->ue_cfg.enhanced = ue;
	w->ue_cfg.enhanced_capability = IUPLUS_RRC_CAP_KEY_HIERARCHY | IUPLUS_RRC_CAP_DIRECT_DERIVATION;
	w->ue_cfg.imsi_digits = 15;
	for (i = 0; i < 15; i++)
		w->ue_cfg.imsi[i] = "001010123456789"[i] - '0';
	w->ue_cfg.cell_count = 2;
	w->ue_cfg.cell[0] = 100;
	w->ue_cfg.cell[1] = 200;
	for (n = 0; n < 2; n++) {
		iuplus_rnc_config_init(&w->rnc_cfg[n]);
		iuplus_ranap_plmn_parse("001", "01", w->rnc_cfg[n].plmn);
		w->rnc_cfg[n].rnc_id = n + 1;
		w->rnc_cfg[n].lac = 1;
		w->rnc_cfg[n].rac = 1;
		w->rnc_cfg[n].sac = 1 + n;
		w->rnc_cfg[n].cell_id = 10 + n;
		w->rnc_cfg[n].scrambling_code = w->ue_cfg.cell[n];
		w->rnc_cfg[n].enhanced = n ? target : source;
		w->rnc[n] = iuplus_rnc_ue_new(7 + n);
	}
	w->ue = iuplus_ue_rrc_new();
	w->cn.enhanced = true;
	w->cn.conn = IUPLUS_DOMAIN_PS;
	w->cn.uia[0] = uia;
	w->cn.uia_count = 1;
	w->cn.uea[0] = uea;
	w->cn.uea_count = uea ? 1 : 0;
	w->heard = true;
}

void world_free(struct world *w)
{
	unsigned n;

	world_flush(w);
	iuplus_ue_rrc_free(w->ue);
	for (n = 0; n < 2; n++)
		iuplus_rnc_ue_free(w->rnc[n]);
	iuplus_arena_free(&w->arena);
}

void world_attach(struct world *w)
{
	const struct iuplus_ue_rrc_event attach = { .kind = IUPLUS_UE_EV_NAS_DOWN,
						    .domain = IUPLUS_DOMAIN_PS,
						    .initial = true,
						    .pdu = { (const uint8_t *)"\x08\x01\x02", 3 } };

	world_ue(w, &attach);
	world_run(w);
}

void world_relocate(struct world *w)
{
	const struct iuplus_rnc_config *target = &w->rnc_cfg[!w->serving];
	const struct iuplus_rnc_event order = {
		.kind = IUPLUS_RNC_EV_RELOCATE,
		.target = { .rnc_id = target->rnc_id, .cell_id = target->cell_id, .lac = 1, .rac = 1 }
	};

	world_rnc(w, w->serving, &order);
	world_run(w);
}

enum iuplus_ue_rrc_state world_ue_state(const struct world *w)
{
	return w->ue->state;
}

enum iuplus_rnc_state world_rnc_state(const struct world *w, unsigned n)
{
	return w->rnc[n]->state;
}

void world_rnc_forgets(struct world *w, unsigned n)
{
	iuplus_rnc_ue_free(w->rnc[n]);
	w->rnc[n] = iuplus_rnc_ue_new(20 + w->use_count);
	memset(&w->rnc_radio[n], 0, sizeof(w->rnc_radio[n]));
}

void world_swap(struct world *w)
{
	world_rnc_forgets(w, w->serving);
	w->serving = !w->serving;
	w->cn.source_enhanced = w->cn.target_enhanced;
	w->cn.target_enhanced = w->cn.target_connected = w->cn.commanded = w->cn.relocation_complete = false;
}

void world_downlink(struct world *w, struct iuplus_rrc_msg *msg, uint8_t rb, struct iuplus_rrc_integrity *s)
{
	struct iuplus_rrc_integrity copy;
	struct iuplus_octets pdu;
	int rc;

	msg->channel = rb ? IUPLUS_RRC_DL_DCCH : IUPLUS_RRC_DL_CCCH;
	msg->integrity_check.present = s != NULL;
	rc = iuplus_rrc_encode(msg, 0, &w->arena, &pdu, NULL);
	if (!rc && s) {
		copy = *s;
		rc = iuplus_rrc_integrity_protect(&copy, false, rb, (uint8_t *)(uintptr_t)pdu.data, pdu.len);
		if (s != &w->ue->now.integrity)
			*s = copy;
	}
	if (rc) {
		fprintf(stderr, "%s cannot be sent: %s\n", iuplus_rrc_asn1_name(msg->type), iuplus_strrc(rc));
		w->overflows++;
		return;
	}
	world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RRC, .rb = rb, .pdu = pdu });
}

unsigned world_answers(const struct world *w)
{
	return w->tail - w->head;
}

bool world_answered(const struct world *w, const char *name)
{
	return world_answers(w) == 1 && !strcmp(w->queue[w->head].name, name);
}

bool world_nas_both_ways(struct world *w)
{
	unsigned up = w->nas_down_seen, down = w->nas_up;
	const struct iuplus_ue_rrc_event nas = { .kind = IUPLUS_UE_EV_NAS_DOWN,
						 .domain = IUPLUS_DOMAIN_PS,
						 .pdu = { (const uint8_t *)"\x08\x03", 2 } };

	world_ue(w, &nas);
	w->cn.conn = IUPLUS_DOMAIN_PS;
	world_cn_nas(w, WORLD_SOURCE + w->ue_cell);
	world_run(w);
	return w->nas_down_seen == up + 1 && w->nas_up == down + 1;
}

void world_kill(struct world *w, enum world_node node)
{
	unsigned n;

	w->dead[node] = true;
	if (node == WORLD_CN) {
		for (n = 0; n < 2; n++)
			world_rnc(w, n, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_IU_LOST, .conn = 1 });
	} else if (node == WORLD_UE) {
		for (n = 0; n < 2; n++)
			world_rnc(w, n, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RADIO_LOST });
	} else {
		if (node == world_new(w) && w->cn.target_connected && !w->cn.commanded)
			world_cn_cause(w, world_old(w), IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE,
				       IUPLUS_RANAP_CAUSE_SIGNALLING_TRANSPORT_FAILURE);
		if (w->ue_cell == (unsigned)node - WORLD_SOURCE && w->heard)
			world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RADIO_LOST });
	}
}

void world_forget_log(struct world *w)
{
	w->log_len = 0;
	w->log[0] = '\0';
}

bool world_logged(const struct world *w, ...)
{
	const char *at = w->log, *text;
	va_list ap;

	va_start(ap, w);
	while ((text = va_arg(ap, const char *)) && at) {
		at = strstr(at, text);
		if (at)
			at += strlen(text);
		else
			fprintf(stderr, "missing \"%s\" in: %s\n", text, w->log);
	}
	va_end(ap);
	return at != NULL;
}

bool world_agree(const struct world *w, unsigned n, enum iuplus_key_kind kind)
{
	const struct ran_keys *a = &w->ue->now.keys, *b = &w->rnc[n]->keys;

	/* an RNC cannot tell mapped keys from CK and IK */
	return a->kind == kind && b->kind == (kind == IUPLUS_KEYS_MAPPED ? IUPLUS_KEYS_LEGACY : kind) &&
	       a->uia == b->uia && !memcmp(a->ik, b->ik, 16) && a->ciphering == b->ciphering &&
	       (!a->ciphering || (a->uea == b->uea && !memcmp(a->ck, b->ck, 16)));
}
