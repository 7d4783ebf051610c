/* SPDX-License-Identifier: BSD-2-Clause */
/* ue_act.c: the building blocks of the UE's RRC procedures: names, timers, messages to the network, capabilities,
 * START. */
#include "src/proc/ue_rrc.h"

#include <string.h>

#define S(state) (1u << IUPLUS_UE_##state)
#define TIMER(id, ms, name, key, runs, ...) [IUPLUS_UE_##id] = { name, ms, runs },
const struct proc_timer ue_timers[IUPLUS_UE_TIMER_COUNT] = { IUPLUS_UE_TIMERS(TIMER) };
#define NAME(id, name, ...) name,

const char *iuplus_ue_rrc_timer_name(unsigned timer)
{
	return timer < IUPLUS_UE_TIMER_COUNT ? ue_timers[timer].name : "?";
}

const char *iuplus_ue_rrc_state_name(enum iuplus_ue_rrc_state state)
{
	static const char *const names[] = { IUPLUS_UE_STATES(NAME) };

	return (unsigned)state < IUPLUS_UE_STATE_COUNT ? names[state] : "?";
}

const char *iuplus_ue_rrc_event_name(enum iuplus_ue_rrc_event_kind kind)
{
	static const char *const names[] = { IUPLUS_UE_EVENTS(NAME) };

	return (unsigned)kind < IUPLUS_UE_EV_COUNT ? names[kind] : "?";
}

void iuplus_ue_rrc_config_init(struct iuplus_ue_rrc_config *config)
{
	unsigned i;

	memset(config, 0, sizeof(*config));
	config->enhanced_capability = IUPLUS_RRC_CAP_KEY_HIERARCHY;
	iuplus_security_default_algorithms(&config->algorithms);
	for (i = 0; i < IUPLUS_UE_TIMER_COUNT; i++)
		config->ms[i] = ue_timers[i].ms;
	config->n300 = 3;
	config->n308 = 1;
}

void ue_timer_start(struct ue *c, unsigned timer)
{
	proc_timer_run(&c->p, ue_timers, timer, c->cfg->ms);
}

void ue_set_state(struct ue *c, enum iuplus_ue_rrc_state state)
{
	enum iuplus_ue_rrc_state before = c->ue->state;

	proc_timers(&c->p, ue_timers, IUPLUS_UE_TIMER_COUNT, c->cfg->ms, 1u << before, 1u << state);
	c->ue->state = state;
	if (before != state)
		proc_state(&c->p, "UE RRC", iuplus_ue_rrc_state_name(before), iuplus_ue_rrc_state_name(state),
			   c->p.why);
}

int ue_send(struct ue *c, uint8_t rb, struct iuplus_rrc_msg *msg, enum iuplus_proc_step step)
{
	return ran_rrc_send(&c->p, rb ? &c->ue->now.integrity : NULL, true, rb, msg, step);
}

void ue_send_failure(struct ue *c, enum iuplus_rrc_type type, uint8_t transaction, enum iuplus_rrc_failure cause)
{
	struct iuplus_rrc_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_UL_DCCH;
	msg.type = type;
	msg.u.failure.has_transaction = true;
	msg.u.failure.transaction = transaction;
	msg.u.failure.failure.cause = cause;
	ue_send(c, 2, &msg, IUPLUS_STEP_NONE);
}

void ue_security_capability(const struct iuplus_ue_rrc_config *cfg, struct iuplus_rrc_security_capability *out)
{
	unsigned i;

	memset(out, 0, sizeof(*out));
	for (i = 0; i < cfg->algorithms.uia_count; i++)
		out->uia |= 1u << cfg->algorithms.uia[i];
	for (i = 0; i < cfg->algorithms.uea_count; i++)
		out->uea |= 1u << cfg->algorithms.uea[i];
}

static bool has(const uint8_t *list, unsigned count, unsigned algorithm)
{
	while (count--)
		if (list[count] == algorithm)
			return true;
	return false;
}

bool ue_has_algorithms(const struct iuplus_ue_rrc_config *cfg, const struct ran_keys *keys)
{
	return has(cfg->algorithms.uia, cfg->algorithms.uia_count, keys->uia) &&
	       (!keys->ciphering || has(cfg->algorithms.uea, cfg->algorithms.uea_count, keys->uea));
}

/* COUNT-C of the next PDU of rb in one direction. */
static uint32_t count_c(const struct ue *c, unsigned rb, bool tx)
{
	const struct iuplus_proc_radio *radio = c->p.env->radio;
	enum iuplus_security_count_kind kind = ran_count_kind(rb);

	if (rb == 2 && c->has_rb2_hfn)
		return iuplus_security_count(kind, c->rb2_hfn, 0);
	if (!radio)
		return 0;
	return tx ? iuplus_security_count(kind, radio->tx_hfn[rb], radio->tx_sn[rb]) :
		    iuplus_security_count(kind, radio->rx_hfn[rb], radio->rx_sn[rb]);
}

uint32_t ue_start(const struct ue *c, enum iuplus_domain domain)
{
	const struct iuplus_ue_rrc *ue = c->ue;
	uint32_t start = ue->start[domain];
	unsigned rb;

	if (ue->aka[domain].has_next && (!ue->now.integrity.started || ue->now.keys.domain != domain))
		return 0; /* new keys that were never used (8.5.2) */
	if (!ue->now.integrity.started || ue->now.keys.domain != domain)
		return start;
	start = iuplus_security_start_raise(start, iuplus_rrc_integrity_hfn_msb(&ue->now.integrity) << 12);
	for (rb = 1; ue->now.keys.ciphering && rb < IUPLUS_PROC_RBS; rb++) {
		start = iuplus_security_start_raise(start, count_c(c, rb, true));
		start = iuplus_security_start_raise(start, count_c(c, rb, false));
	}
	return start;
}

void ue_start_list(struct ue *c, struct iuplus_rrc_start_list *list)
{
	unsigned domain;

	list->count = 2;
	for (domain = 0; domain < 2; domain++) {
		list->list[domain].domain = domain;
		list->list[domain].start = ue_start(c, domain);
		c->ue->now.sent_start[domain] = list->list[domain].start;
	}
}

bool ue_verify(struct ue *c, const struct iuplus_rrc_msg *msg)
{
	struct ue_config *now = &c->ue->now;
	struct iuplus_rrc_mac_check check = { .uia = 0 };
	char why[IUPLUS_RRC_MAC_CHECK_TEXT];
	int rc = IUPLUS_OK;

	if (now->integrity.started)
		rc = ran_verify(&c->p, &now->integrity, NULL, &now->former, false, c->event->rb, c->event->pdu, &check);
	if (!rc)
		return true;
	ran_explain(&c->p,
		    proc_failure(&c->p, "%s on RB%u discarded: %s", msg ? iuplus_rrc_asn1_name(msg->type) : "message",
				 c->event->rb, ran_why(rc, &check, why)),
		    &check, &now->keys, &now->integrity);
	return false;
}
