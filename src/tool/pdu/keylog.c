/* SPDX-License-Identifier: BSD-2-Clause */
/* keylog.c: the key log of iuplus-relocate(1), and the MAC-I of RRC messages under its keys.
 *
 * A capture does not say which bearer carried a message, nor the HFN: both are tried, from START on. A MAC-I of 32
 * bits leaves no room for a wrong key to fit by chance among so few. */
#include <stdlib.h>
#include <string.h>

#include <iuplus/rrc.h>
#include <iuplus/security.h>

#include "pdu.h"

#define MOST_KEYS 4096u
#define HFNS 64u			/* how far behind START a message may be, in wraps of the sequence number */
#define CHECK_INFO_OCTETS 5u		/* presence, MAC-I, sequence number: 37 bits at the start of the message */

struct key {
	uint8_t ik[16];
	unsigned uia;
	uint32_t start, fresh;
	char kind[16];
};

struct pdu_keylog {
	struct key *keys;
	size_t count, room;
};

/* The value of name=, up to the next blank; its length, 0 when it is not there. */
static size_t field(const char *line, const char *name, const char **value)
{
	size_t n = strlen(name);
	const char *p;

	for (p = line; (p = strstr(p, name)) != NULL; p += n) {
		if ((p == line || p[-1] == ' ') && p[n] == '=') {
			*value = p + n + 1;
			return strcspn(*value, " \r\n");
		}
	}
	return 0;
}

static bool number(const char *line, const char *name, int base, uint32_t *v)
{
	const char *s;
	size_t n = field(line, name, &s);
	char *after;

	if (n == 0)
		return false;
	*v = (uint32_t)strtoul(s, &after, base);
	return after == s + n;
}

static bool octets(const char *line, const char *name, uint8_t *to, size_t size)
{
	const char *s;
	unsigned v;
	size_t i;

	if (field(line, name, &s) != 2 * size)
		return false;
	for (i = 0; i < size; i++) {
		if (sscanf(s + 2 * i, "%2x", &v) != 1)
			return false;
		to[i] = (uint8_t)v;
	}
	return true;
}

static bool take_line(struct pdu_keylog *k, const char *line)
{
	struct key key = { .uia = 0 };
	const char *kind;
	uint32_t uia;
	size_t n;

	if (!number(line, "uia", 10, &uia) || !number(line, "start", 16, &key.start) || !number(line, "fresh", 16,
		&key.fresh) ||
	    !octets(line, "ik", key.ik, sizeof(key.ik)) || uia < 1 || uia > 2 || key.start > IUPLUS_SECURITY_START_MAX)
		return false;
	key.uia = uia;
	n = field(line, "kind", &kind);
	if (n > 0 && n < sizeof(key.kind))
		memcpy(key.kind, kind, n);
	if (k->count == k->room) {
		size_t room = k->room ? 2 * k->room : 32;
		/* not realloc: the keys in the old block are wiped */
		struct key *p = room <= MOST_KEYS ? malloc(room * sizeof(*p)) : NULL;

		if (!p)
			return false;
		if (k->count) {
			memcpy(p, k->keys, k->count * sizeof(*p));
			iuplus_security_wipe(k->keys, k->count * sizeof(*p));
		}
		free(k->keys);
		k->keys = p;
		k->room = room;
	}
	k->keys[k->count++] = key;
	iuplus_security_wipe(&key, sizeof(key));
	return true;
}

struct pdu_keylog *pdu_keylog_open(const char *path)
{
	struct pdu_keylog *k = calloc(1, sizeof(*k));
	FILE *f = k ? fopen(path, "r") : NULL;
	char line[1024];
	bool good = f != NULL;

	while (good && fgets(line, sizeof(line), f)) {
		if (*line != '#' && strspn(line, " \t\r\n") != strlen(line))
			good = take_line(k, line);
	}
	iuplus_security_wipe(line, sizeof(line));
	if (f)
		fclose(f);
	if (good)
		return k;
	pdu_keylog_free(k);
	return NULL;
}

void pdu_keylog_free(struct pdu_keylog *k)
{
	if (!k)
		return;
	if (k->keys)
		iuplus_security_wipe(k->keys, k->room * sizeof(*k->keys));
	free(k->keys);
	free(k);
}

static int fits(const struct key *key, bool uplink, uint8_t *message, size_t len, const uint8_t received[4], uint8_t sn,
	char *text,
	size_t room)
{
	uint32_t hfn = iuplus_security_hfn_from_start(IUPLUS_SECURITY_COUNT_I, key->start), count;
	char finger[9];
	uint8_t mac[4];
	unsigned rb, n;

	for (n = 0; n < HFNS && hfn + n <= 0x0fffffff; n++) {
		count = iuplus_security_count(IUPLUS_SECURITY_COUNT_I, hfn + n, sn);
		for (rb = 0; rb < IUPLUS_RRC_SRBS; rb++) {
			/* 10.3.3.16: the bearer in place of MAC-I, 0 in place of the number */
			memset(message, 0, 4);
			message[0] = 0x80;
			message[3] = (uint8_t)(rb >> 1);
			message[4] = (uint8_t)((rb & 1) << 7 | (message[4] & 7));
			if (iuplus_security_f9(key->uia, key->ik, count, key->fresh, uplink ? IUPLUS_SECURITY_UPLINK :
				IUPLUS_SECURITY_DOWNLINK, message, 8 * (uint64_t)len, mac) || memcmp(mac, received,
					4) != 0)
				continue;
			iuplus_security_fingerprint(key->ik, 16, finger);
			snprintf(text, room, "MAC-I is right: UIA%u, IK %.8s (%s), RB%u, COUNT-I %08x", key->uia,
				finger,
				key->kind[0] ? key->kind : "?", rb, count);
			return 1;
		}
	}
	return 0;
}

int pdu_keylog_verify(const struct pdu_keylog *k, bool uplink, const uint8_t *message, size_t len, char *text,
	size_t room)
{
	uint8_t received[4], *copy, sn;
	uint64_t head = 0;
	size_t i;
	int rc = -1;

	if (len == 0 || !(message[0] & 0x80))
		return 0;
	snprintf(text, room, "no key of the log gives this MAC-I");
	copy = len < CHECK_INFO_OCTETS ? NULL : malloc(len);
	if (!copy)
		return -1;
	memcpy(copy, message, len);
	for (i = 0; i < CHECK_INFO_OCTETS; i++)
		head = head << 8 | message[i];
	for (i = 0; i < 4; i++)
		received[i] = (uint8_t)(head >> (31 - 8 * i));
	sn = message[4] >> 3 & 15;
	/* the last key first: logs grow at their end, and a capture that is followed needs the newest */
	for (i = k->count; i > 0 && rc < 0; i--) {
		if (fits(&k->keys[i - 1], uplink, copy, len, received, sn, text, room))
			rc = 1;
	}
	free(copy);
	return rc;
}
