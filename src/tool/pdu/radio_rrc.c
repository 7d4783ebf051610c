/* SPDX-License-Identifier: BSD-2-Clause */
/* radio_rrc.c: the ciphering configurations in RRC messages, and changes of a phone's identities. */
#include <string.h>

#include "src/tool/pdu/radio.h"

static uint32_t identity(const struct iuplus_rrc_u_rnti *u)
{
	return (uint32_t)u->srnc << 20 | u->s_rnti;
}

static void starts(struct radio_connection *c, const struct iuplus_rrc_start_list *list)
{
	unsigned i;

	for (i = 0; i < list->count; i++) {
		if (list->list[i].domain <= IUPLUS_DOMAIN_PS)
			c->start[list->list[i].domain] = list->list[i].start;
	}
}

/* The keys that protected a message, with a CK for deciphering: if one node's line has no CK, that of another node of
 * the same connection is used. */
static const struct pdu_key *with_ck(const struct radio *r, const struct pdu_mac *mac)
{
	const struct pdu_key *key;
	size_t i;

	if (!mac)
		return NULL;
	if (mac->key->has_ck)
		return mac->key;
	for (i = 0; (key = pdu_keylog_key(r->keylog, i)) != NULL; i++) {
		if (key->has_ck && memcmp(key->ik, mac->key->ik, 16) == 0)
			return key;
	}
	return NULL;
}

static struct radio_cipher cipher(unsigned uea, const struct pdu_key *key, unsigned frame)
{
	struct radio_cipher x = { .kind = uea == 0 ? RADIO_PLAIN :
					  key      ? RADIO_KEY :
						     RADIO_NO_KEY,
				  .uea = uea,
				  .key = key,
				  .command = frame };

	return x;
}

/* 8.6.3.4: the new configuration applies from the listed numbers on, with START in the HFN. */
static void activate(struct radio_cell *cell, bool uplink, const struct iuplus_rrc_rb_activation_list *list,
		     const struct radio_cipher *command)
{
	unsigned i;

	for (i = 0; i < list->count; i++) {
		struct radio_listener *l;
		struct radio_cipher x = *command;

		if (list->list[i].rb == 0 || list->list[i].rb >= IUPLUS_PROC_RBS)
			continue;
		l = &cell->listener[uplink][list->list[i].rb];
		x.hfn = radio_start_hfn(l, command->hfn);
		radio_wait(l, list->list[i].sn, &x);
	}
}

/* 8.1.12.3. In struct radio_cipher of a command hfn is START. */
static void command(struct radio *r, struct radio_connection *c, struct radio_cell *cell,
		    const struct iuplus_rrc_security_mode_command *m, const struct pdu_mac *mac, unsigned frame)
{
	const struct pdu_key *key = with_ck(r, mac);

	c->commanded = m->ciphering.present;
	if (!c->commanded)
		return;
	c->command = cipher(m->ciphering.uea, key, frame);
	c->command.hfn = key ? key->start : c->start[m->domain <= IUPLUS_DOMAIN_PS ? m->domain : IUPLUS_DOMAIN_PS];
	activate(cell, false, &m->ciphering.rb_dl, &c->command);
}

static void completed(struct radio_connection *c, struct radio_cell *cell,
		      const struct iuplus_rrc_security_mode_complete *m)
{
	if (!c->commanded)
		return;
	activate(cell, true, &m->rb_ul, &c->command);
	c->uea = c->command.uea;
	c->key = c->command.key;
	c->commanded = false;
}

/* 8.1.12.4: configurations waiting for the command's numbers are cancelled. */
static void refused(struct radio_connection *c, struct radio_cell *cell)
{
	unsigned rb;

	for (rb = 1; rb < IUPLUS_PROC_RBS && c->commanded; rb++) {
		struct radio_listener *l = &cell->listener[false][rb];
		unsigned i;

		for (i = 0; i < l->waiting; i++) {
			if (l->wait[i].cipher.command == c->command.command)
				l->waiting = i;
		}
		/* it is already applied: the right one is found by trying */
		if (l->cipher.command == c->command.command && l->cipher.kind != RADIO_PLAIN)
			l->cipher = (struct radio_cipher){ .kind = RADIO_UNKNOWN };
	}
	c->commanded = false;
}

/* 8.3.6, 8.6.3.5.2: a new start of integrity protection is a relocation; RB2 restarts with it. */
static void relocate(struct radio *r, struct radio_connection *c, struct radio_cell *from,
		     const struct iuplus_rrc_reconfiguration *m, const struct pdu_mac *mac, unsigned frame)
{
	const struct pdu_key *key = with_ck(r, mac);
	struct radio_cell *cell = from;
	struct radio_cipher x;
	uint32_t up = from->listener[true][2].cipher.hfn, down = from->listener[false][2].cipher.hfn;
	unsigned i;

	if (!m->integrity.present || m->integrity.modify)
		return;
	if (m->has_scrambling_code && m->scrambling_code != from->cell)
		cell = radio_cell(c, m->scrambling_code);
	if (!cell)
		return;
	if (m->has_u_rnti)
		radio_name(r, cell->cell, identity(&m->u_rnti), c);
	if (m->ciphering.present)
		c->uea = m->ciphering.uea;
	c->key = key;
	x = cipher(c->uea, key, frame);
	if (!c->uea && !c->from_beginning)
		x.kind = RADIO_UNKNOWN;
	x.hfn = ((up > down ? up : down) + 1) & 0xfffff;
	for (i = 0; i < 2; i++)
		radio_restart(&cell->listener[i][2], &x);
}

/* The other bearers restart with START after the phone has answered. */
static void relocated(struct radio_connection *c, struct radio_cell *cell)
{
	struct radio_cipher x = cipher(c->uea, c->key, cell->listener[true][2].cipher.command);
	bool cs = c->key && strcmp(c->key->domain, "cs") == 0;
	unsigned i, rb;

	if (!c->uea && !c->from_beginning)
		x.kind = RADIO_UNKNOWN;
	for (i = 0; i < 2; i++) {
		for (rb = 1; rb < IUPLUS_PROC_RBS; rb++) {
			struct radio_listener *l = &cell->listener[i][rb];

			x.hfn = radio_start_hfn(l, c->start[cs ? IUPLUS_DOMAIN_CS : IUPLUS_DOMAIN_PS]);
			if (rb != 2)
				radio_restart(l, &x);
		}
	}
}

/* The bearers at the start of a connection: nothing is ciphered. */
static void begin(struct radio *r, struct radio_connection *c, struct radio_cell *cell,
		  const struct iuplus_rrc_connection_setup *m)
{
	struct radio_cipher plain = { .kind = RADIO_PLAIN };
	unsigned i, rb;

	radio_name(r, cell->cell, identity(&m->u_rnti), c);
	c->from_beginning = true;
	c->uea = 0;
	c->key = NULL;
	for (i = 0; i < 2; i++) {
		for (rb = 1; rb < IUPLUS_PROC_RBS; rb++)
			radio_restart(&cell->listener[i][rb], &plain);
	}
}

void radio_agree(struct radio *r, struct radio_connection *c, struct radio_cell *cell, struct radio_listener *l,
		 struct iuplus_octets message, const struct pdu_mac *mac, unsigned frame)
{
	struct iuplus_rrc_msg m;

	iuplus_arena_reset(&r->arena, true);
	if (iuplus_rrc_decode(l->rb     ? l->uplink ? IUPLUS_RRC_UL_DCCH : IUPLUS_RRC_DL_DCCH :
			      l->uplink ? IUPLUS_RRC_UL_CCCH :
					  IUPLUS_RRC_DL_CCCH,
			      message, 0, &r->arena, &m, NULL))
		return;
	switch (m.type) {
	case IUPLUS_RRC_CONNECTION_SETUP:
		begin(r, c, cell, &m.u.connection_setup);
		break;
	case IUPLUS_RRC_CONNECTION_SETUP_COMPLETE:
		starts(c, &m.u.connection_setup_complete.start);
		break;
	case IUPLUS_RRC_SECURITY_MODE_COMMAND:
		command(r, c, cell, &m.u.security_mode_command, mac, frame);
		break;
	case IUPLUS_RRC_SECURITY_MODE_COMPLETE:
		completed(c, cell, &m.u.security_mode_complete);
		break;
	case IUPLUS_RRC_SECURITY_MODE_FAILURE:
		refused(c, cell);
		break;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION:
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION:
		relocate(r, c, cell, &m.u.reconfiguration, mac, frame);
		break;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE:
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_CONFIRM:
		if (m.u.reconfiguration_complete.ul_sync.present) {
			starts(c, &m.u.reconfiguration_complete.ul_sync.start);
			relocated(c, cell);
		}
		break;
	default:
		break;
	}
	memset(&m, 0, sizeof(m));
}
