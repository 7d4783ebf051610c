/* SPDX-License-Identifier: BSD-2-Clause */
/* radio_listener.c: the state of a listener: the number of its next PDU, and the ciphering with its first number. */
#include <string.h>

#include "src/tool/pdu/radio.h"

void radio_restart(struct radio_listener *l, const struct radio_cipher *cipher)
{
	l->begun = true;
	l->skip = false;
	l->next = 0;
	l->waiting = 0;
	l->cipher = *cipher;
	l->run_count = 0;
	l->message_len = 0;
	l->held_count = 0;
	if (l->seen)
		memset(l->seen, 0, l->seen_room * sizeof(*l->seen));
}

void radio_settle(struct radio_listener *l)
{
	while (l->waiting && l->wait[0].sn == l->next) {
		l->cipher = l->wait[0].cipher;
		l->waiting--;
		memmove(&l->wait[0], &l->wait[1], l->waiting * sizeof(l->wait[0]));
	}
}

void radio_wait(struct radio_listener *l, uint16_t sn, const struct radio_cipher *cipher)
{
	unsigned mask = (1u << l->bits) - 1, ahead = (sn - l->next) & mask;

	if (!l->begun || ahead > mask / 2) {
		/* its number has passed, or was not captured: apply it now */
		l->cipher = *cipher;
		l->waiting = 0;
		return;
	}
	while (l->waiting && ((l->wait[l->waiting - 1].sn - l->next) & mask) >= ahead)
		l->waiting--;
	if (l->waiting == RADIO_WAITING_MOST)
		return;
	l->wait[l->waiting].sn = (uint16_t)(sn & mask);
	l->wait[l->waiting++].cipher = *cipher;
	radio_settle(l);
}

void radio_step(struct radio_listener *l)
{
	l->next = (uint16_t)((l->next + 1) & ((1u << l->bits) - 1));
	if (l->next == 0)
		l->cipher.hfn++;
	radio_settle(l);
}
