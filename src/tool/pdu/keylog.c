/* SPDX-License-Identifier: BSD-2-Clause */
/* keylog.c: the key log of iuplus-relocate(1), and the MAC-I of RRC messages under its keys.
 *
 * An RRC message contains neither its bearer nor its HFN: both are tried, from START on. With a MAC-I of 32 bits and so
 * few tries, a wrong key practically never matches by chance. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <iuplus/rrc.h>
#include <iuplus/security.h>

#include "src/tool/pdu/pdu.h"

#define MOST_KEYS 65536u
#define HFNS 64u       /* how far above START a message may be, in wraps of the sequence number */
#define FEW_HFNS 4u    /* the same for keys that did not match recently */
#define RECENT 64u     /* number of keys that matched recently */
#define NEIGHBOURS 16u /* the nodes of one connection write the same keys in adjacent lines */
#define NEAR_BITS \
	2u /* a MAC-I this close to that of a key was made with it: unrelated ones differ in about 16 bits \
	    */
#define CHECK_INFO_OCTETS 5u /* presence, MAC-I, sequence number: 37 bits at the start of the message */

struct pdu_keylog {
	struct pdu_key *keys; /* never moved once the log is read */
	size_t count, room;
	uint32_t *order; /* indices, the most recently matching ones first */
};

/* The value of name=, up to the next blank; returns its length, 0 if it is absent. */
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

static bool number(const char *line, const char *name, int base, uint32_t most, uint32_t *v)
{
	const char *s;
	size_t n = field(line, name, &s);
	unsigned long long read;
	char *after;

	if (n == 0 || *s == '-' || *s == '+')
		return false;
	read = strtoull(s, &after, base);
	*v = (uint32_t)read;
	return after == s + n && read <= most;
}

static int nibble(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool octets(const char *line, const char *name, uint8_t *to, size_t size)
{
	const char *s;
	size_t i;

	if (field(line, name, &s) != 2 * size)
		return false;
	for (i = 0; i < size; i++) {
		int high = nibble((unsigned char)s[2 * i]), low = nibble((unsigned char)s[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		to[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

static void text(const char *line, const char *name, char *to, size_t room)
{
	const char *s;
	size_t n = field(line, name, &s);

	if (n > 0 && n < room)
		memcpy(to, s, n);
}

/* The error of a line; NULL if it is good. */
static const char *read_line(const char *line, struct pdu_key *key)
{
	const char *s;
	uint32_t v;

	memset(key, 0, sizeof(*key));
	if (!number(line, "uia", 10, 2, &v) || v == 0)
		return "uia is missing or neither 1 nor 2";
	key->uia = v;
	if (!octets(line, "ik", key->ik, sizeof(key->ik)))
		return "ik is missing or not 32 hexadecimal digits";
	if (!number(line, "start", 16, IUPLUS_SECURITY_START_MAX, &key->start))
		return "start is missing or not 20 bits in hexadecimal";
	if (!number(line, "fresh", 16, UINT32_MAX, &key->fresh))
		return "fresh is missing or not 32 bits in hexadecimal";
	if (field(line, "ck", &s)) {
		if (!octets(line, "ck", key->ck, sizeof(key->ck)))
			return "ck is not 32 hexadecimal digits";
		key->has_ck = true;
	}
	if (field(line, "uea", &s)) {
		if (!number(line, "uea", 10, 2, &v))
			return "uea is none of 0, 1 and 2";
		key->uea = v;
	}
	text(line, "kind", key->kind, sizeof(key->kind));
	text(line, "ue", key->ue, sizeof(key->ue));
	text(line, "domain", key->domain, sizeof(key->domain));
	return NULL;
}

static bool same(const struct pdu_key *a, const struct pdu_key *b)
{
	return a->uia == b->uia && a->uea == b->uea && a->start == b->start && a->fresh == b->fresh &&
	       a->has_ck == b->has_ck && memcmp(a->ik, b->ik, 16) == 0 && memcmp(a->ck, b->ck, 16) == 0 &&
	       strcmp(a->ue, b->ue) == 0;
}

static const char *add(struct pdu_keylog *k, const struct pdu_key *key)
{
	size_t i;

	for (i = 1; i <= k->count && i <= NEIGHBOURS; i++) {
		if (same(&k->keys[k->count - i], key))
			return NULL;
	}
	if (k->count == MOST_KEYS)
		return "more than 65536 sets of keys";
	if (k->count == k->room) {
		size_t room = k->room ? 2 * k->room : 32;
		/* not realloc: the keys in the old block are wiped */
		struct pdu_key *p = malloc(room * sizeof(*p));

		if (!p)
			return "no memory";
		if (k->count) {
			memcpy(p, k->keys, k->count * sizeof(*p));
			iuplus_security_wipe(k->keys, k->count * sizeof(*p));
		}
		free(k->keys);
		k->keys = p;
		k->room = room;
	}
	k->keys[k->count++] = *key;
	return NULL;
}

struct pdu_keylog *pdu_keylog_open(const char *path, char *why, size_t room)
{
	struct pdu_keylog *k = calloc(1, sizeof(*k));
	FILE *f = k ? fopen(path, "r") : NULL;
	struct pdu_key key;
	char line[1024];
	const char *bad = k ? NULL : "no memory";
	unsigned number = 0;
	size_t i;

	if (k && !f)
		bad = strerror(errno);
	while (!bad && fgets(line, sizeof(line), f)) {
		number++;
		if (*line == '#' || line[strspn(line, " \t\r\n")] == '\0')
			continue;
		bad = strlen(line) + 1 == sizeof(line) ? "longer than any line of a key log" : read_line(line, &key);
		if (!bad)
			bad = add(k, &key);
	}
	iuplus_security_wipe(line, sizeof(line));
	iuplus_security_wipe(&key, sizeof(key));
	if (f)
		fclose(f);
	if (!bad) {
		k->order = malloc((k->count + 1) * sizeof(*k->order));
		bad = k->order ? NULL : "no memory";
		/* logs grow at their end, and a live capture needs the newest keys */
		for (i = 0; !bad && i < k->count; i++)
			k->order[i] = (uint32_t)(k->count - 1 - i);
	}
	if (!bad)
		return k;
	if (number)
		snprintf(why, room, "line %u is not a line of a key log: %s", number, bad);
	else
		snprintf(why, room, "%s", bad);
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
	free(k->order);
	free(k);
}

const struct pdu_key *pdu_keylog_key(const struct pdu_keylog *k, size_t i)
{
	return i < k->count ? &k->keys[k->order[i]] : NULL;
}

static void to_front(struct pdu_keylog *k, size_t i)
{
	uint32_t key = k->order[i];

	memmove(k->order + 1, k->order, i * sizeof(*k->order));
	k->order[0] = key;
}

static uint32_t big_endian(const uint8_t o[4])
{
	return (uint32_t)o[0] << 24 | (uint32_t)o[1] << 16 | (uint32_t)o[2] << 8 | o[3];
}

/* The message with the bearer in place of MAC-I and 0 in place of the number (10.3.3.16). */
static void mask(uint8_t *message, unsigned rb)
{
	memset(message, 0, 4);
	message[0] = 0x80;
	message[3] = (uint8_t)(rb >> 1);
	message[4] = (uint8_t)((rb & 1) << 7 | (message[4] & 7));
}

struct search {
	bool uplink;
	unsigned first_rb, last_rb;
	uint8_t *message; /* a copy to mask */
	size_t len;
	uint32_t received;
	uint8_t sn;
};

static unsigned bits_set(uint32_t v)
{
	unsigned n;

	for (n = 0; v; n++)
		v &= v - 1;
	return n;
}

/* Tries one key. Returns true with the details in *mac if the MAC-I is right under it; otherwise *mac becomes the
 * closest so far. */
static bool fits(const struct pdu_key *key, const struct search *s, unsigned hfns, struct pdu_mac *mac)
{
	uint32_t hfn = iuplus_security_hfn_from_start(IUPLUS_SECURITY_COUNT_I, key->start);
	struct iuplus_security_integrity ready;
	bool found = false;
	uint8_t made[4];
	unsigned rb, n;

	if (iuplus_security_integrity_init(&ready, key->uia, key->ik))
		return false;
	for (rb = s->first_rb; rb <= s->last_rb && !found; rb++) {
		mask(s->message, rb);
		for (n = 0; n < hfns && hfn + n <= 0x0fffffff && !found; n++) {
			struct pdu_mac tried = {
				.key = key,
				.uplink = s->uplink,
				.rb = rb,
				.received = s->received,
				.count = iuplus_security_count(IUPLUS_SECURITY_COUNT_I, hfn + n, s->sn)
			};

			if (iuplus_security_integrity_mac(&ready, tried.count, key->fresh,
							  s->uplink ? IUPLUS_SECURITY_UPLINK : IUPLUS_SECURITY_DOWNLINK,
							  s->message, 8 * (uint64_t)s->len, made))
				continue;
			tried.expected = big_endian(made);
			found = tried.expected == s->received;
			if (found || (bits_set(tried.expected ^ s->received) <= NEAR_BITS && !mac->key))
				*mac = tried;
		}
	}
	iuplus_security_wipe(&ready, sizeof(ready));
	return found;
}

static bool find(struct pdu_keylog *k, const char *ue, bool others, const struct search *s, struct pdu_mac *mac)
{
	size_t i;

	/* the phone's own keys, however old */
	for (i = 0; ue && i < k->count; i++) {
		if (strcmp(k->keys[k->order[i]].ue, ue) == 0 && fits(&k->keys[k->order[i]], s, HFNS, mac)) {
			to_front(k, i);
			return true;
		}
	}
	for (i = 0; others && i < k->count; i++) {
		if (fits(&k->keys[k->order[i]], s, i < RECENT ? HFNS : FEW_HFNS, mac)) {
			to_front(k, i);
			return true;
		}
	}
	return false;
}

/* Sets up the search for a message that has a MAC-I. False: no memory. */
static bool begin(struct search *s, bool uplink, const uint8_t *message, size_t len)
{
	uint64_t head = 0;
	size_t i;

	*s = (struct search){ .uplink = uplink, .len = len, .last_rb = IUPLUS_RRC_SRBS - 1 };
	s->message = len < CHECK_INFO_OCTETS ? NULL : malloc(len);
	if (!s->message)
		return false;
	memcpy(s->message, message, len);
	for (i = 0; i < CHECK_INFO_OCTETS; i++)
		head = head << 8 | message[i];
	s->received = (uint32_t)(head >> 7);
	s->sn = message[4] >> 3 & 15;
	return true;
}

static void end(struct search *s)
{
	iuplus_security_wipe(s->message, s->len);
	free(s->message);
}

static int verify(struct pdu_keylog *k, const char *ue, bool others, bool uplink, int rb, const uint8_t *message,
		  size_t len, struct pdu_mac *mac)
{
	struct search s;
	bool found;

	*mac = (struct pdu_mac){ .key = NULL };
	if (len == 0 || !(message[0] & 0x80))
		return 0;
	if (!begin(&s, uplink, message, len))
		return -1;
	if (rb >= 0)
		s.first_rb = s.last_rb = (unsigned)rb;
	mac->received = s.received;
	found = find(k, ue, others, &s, mac);
	end(&s);
	return found ? 1 : -1;
}

int pdu_keylog_mac(struct pdu_keylog *k, const char *ue, bool uplink, int rb, const uint8_t *message, size_t len,
		   struct pdu_mac *mac)
{
	return verify(k, ue && *ue ? ue : NULL, true, uplink, rb, message, len, mac);
}

int pdu_keylog_mac_of(struct pdu_keylog *k, const char *ue, bool uplink, int rb, const uint8_t *message, size_t len,
		      struct pdu_mac *mac)
{
	return verify(k, ue, false, uplink, rb, message, len, mac);
}

bool pdu_keylog_expect(bool uplink, const uint8_t *message, size_t len, struct pdu_mac *mac)
{
	struct search s;
	uint8_t made[4];
	int rc;

	if (len == 0 || !(message[0] & 0x80) || !begin(&s, uplink, message, len))
		return false;
	mac->uplink = uplink;
	mac->received = s.received;
	mac->count = ((mac->count & ~15u) | s.sn) + (s.sn <= (mac->count & 15) ? 16 : 0);
	mask(s.message, mac->rb);
	rc = iuplus_security_f9(mac->key->uia, mac->key->ik, mac->count, mac->key->fresh,
				uplink ? IUPLUS_SECURITY_UPLINK : IUPLUS_SECURITY_DOWNLINK, s.message,
				8 * (uint64_t)len, made);
	if (!rc)
		mac->expected = big_endian(made);
	end(&s);
	return !rc;
}

void pdu_keylog_mac_text(const struct pdu_mac *mac, char *to, size_t room)
{
	char finger[IUPLUS_SECURITY_FINGERPRINT_SIZE];

	iuplus_security_fingerprint(mac->key->ik, 16, finger);
	snprintf(to, room, "MAC-I is right: UIA%u, IK %.8s (%s), RB%u, COUNT-I %08x", mac->key->uia, finger,
		 mac->key->kind[0] ? mac->key->kind : "?", mac->rb, mac->count);
}

void pdu_keylog_wrong_text(const struct pdu_mac *mac, char *to, size_t room)
{
	struct iuplus_rrc_mac_check check = { .uplink = mac->uplink,
					      .rb = (uint8_t)mac->rb,
					      .count = mac->count,
					      .received = mac->received,
					      .expected = mac->expected };
	char line[IUPLUS_RRC_MAC_CHECK_TEXT];

	if (!mac->key) {
		snprintf(to, room, "no key of the log gives MAC-I %08x", mac->received);
		return;
	}
	check.uia = (uint8_t)mac->key->uia;
	check.kind = strcmp(mac->key->kind, "enhanced") == 0 ? IUPLUS_KEYS_ENHANCED : IUPLUS_KEYS_LEGACY;
	check.fresh = mac->key->fresh;
	iuplus_security_fingerprint(mac->key->ik, 16, check.key);
	iuplus_rrc_mac_check_text(&check, line);
	snprintf(to, room, "%s", line);
}

int pdu_keylog_verify(struct pdu_keylog *k, bool uplink, const uint8_t *message, size_t len, char *to, size_t room)
{
	struct pdu_mac mac;
	int rc = pdu_keylog_mac(k, NULL, uplink, -1, message, len, &mac);

	if (rc > 0)
		pdu_keylog_mac_text(&mac, to, room);
	else if (rc < 0)
		pdu_keylog_wrong_text(&mac, to, room);
	return rc;
}
