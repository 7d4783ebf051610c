/* SPDX-License-Identifier: BSD-2-Clause */
/* event.c: events of the trace as lines of JSON (see event.h). */
#include "src/node/event.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[] = {
#define NAME(id, name, what) [NODE_EVENT_##id] = (name),
	NODE_EVENTS(NAME)
#undef NAME
};

static const char *const key_kinds[IUPLUS_KEYS_COUNT] = {
#define KEY_KIND(id, name, what) [IUPLUS_KEYS_##id] = (name),
	IUPLUS_KEY_KINDS(KEY_KIND)
#undef KEY_KIND
};

const char *node_event_key_kind(enum iuplus_key_kind kind)
{
	return (unsigned)kind < IUPLUS_KEYS_COUNT ? key_kinds[kind] : "?";
}

/* The number of octets of the UTF-8 sequence at s, 0 if it is invalid. */
static size_t utf8_length(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t n = u[0] < 0x80                 ? 1 :
		   u[0] >= 0xc2 && u[0] < 0xe0 ? 2 :
		   u[0] >= 0xe0 && u[0] < 0xf0 ? 3 :
		   u[0] >= 0xf0 && u[0] < 0xf5 ? 4 :
						 0;
	for (size_t i = 1; i < n; i++)
		if ((u[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

void node_event_text(char *field, size_t size, const char *text)
{
	size_t at = 0;
	memset(field, 0, size);
	while (text && text[at]) {
		size_t n = utf8_length(text + at);
		n = n ? n : 1;
		if (at + n >= size)
			break;
		memcpy(field + at, text + at, n);
		at += n;
	}
}

int node_event_json_string(char *out, size_t size, size_t *at, const char *text)
{
	if (*at + 2 > size)
		return IUPLUS_ERR_SPACE;
	out[(*at)++] = '"';
	while (*text) {
		char escaped[8];
		size_t n = utf8_length(text), len;
		if (n == 0 || (n == 1 && ((unsigned char)*text < 0x20 || *text == 0x7f))) {
			len = (size_t)snprintf(escaped, sizeof(escaped), "\\u%04x", (unsigned char)*text);
			n = 1;
		} else if (*text == '"' || *text == '\\') {
			escaped[0] = '\\';
			escaped[1] = *text;
			len = 2;
		} else {
			memcpy(escaped, text, n);
			len = n;
		}
		if (*at + len + 1 > size)
			return IUPLUS_ERR_SPACE;
		memcpy(out + *at, escaped, len);
		*at += len;
		text += n;
	}
	out[(*at)++] = '"';
	return 0;
}

/* A line that grows; full is sticky. */
struct line {
	char *out;
	size_t size, at;
	bool full;
};

static void __attribute__((format(printf, 2, 3))) put(struct line *l, const char *format, ...)
{
	va_list ap;
	va_start(ap, format);
	int n = l->full ? -1 : vsnprintf(l->out + l->at, l->size - l->at, format, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= l->size - l->at)
		l->full = true;
	else
		l->at += (size_t)n;
}

static void put_text(struct line *l, const char *name, const char *value)
{
	if (!value[0])
		return;
	put(l, ",\"%s\":", name);
	if (!l->full && node_event_json_string(l->out, l->size, &l->at, value))
		l->full = true;
}

size_t node_event_write(const struct node_event *event, char *out, size_t size)
{
	struct line l = { out, size, 0, size == 0 };
	put(&l, "{\"t\":%.6f,\"event\":\"%s\"", event->t, kind_names[event->kind]);
	put_text(&l, "node", event->node);
	put_text(&l, "from", event->from);
	put_text(&l, "to", event->to);
	put_text(&l, "interface", event->interface);
	put_text(&l, "message", event->message);
	put_text(&l, "note", event->note);
	put_text(&l, "step", iuplus_proc_step_name(event->step));
	if (event->kind == NODE_EVENT_MESSAGE)
		put_text(&l, "protected_by", node_event_key_kind(event->protected_by));
	if (event->kind == NODE_EVENT_KEYS) {
		put(&l, ",\"domain\":\"%s\",\"kind\":\"%s\",\"uia\":%u,\"uea\":%u,\"integrity\":%s,\"ciphering\":%s",
		    event->domain == IUPLUS_DOMAIN_CS ? "cs" : "ps", node_event_key_kind(event->key_kind), event->uia,
		    event->uea, event->integrity_started ? "true" : "false",
		    event->ciphering_started ? "true" : "false");
		put_text(&l, "ik", event->ik);
		put_text(&l, "ck", event->ck);
		put_text(&l, "k_rnc", event->k_rnc);
		put_text(&l, "k_rnc_star", event->k_rnc_star);
		put(&l, ",\"ncc\":%u,\"start\":%u", event->ncc, event->start);
	}
	if (event->kind == NODE_EVENT_MAC) {
		const struct iuplus_rrc_mac_check *mac = &event->mac;
		put(&l, ",\"rb\":%u,\"direction\":\"%s\",\"uia\":%u,\"kind\":\"%s\"", mac->rb,
		    mac->uplink ? "uplink" : "downlink", mac->uia, node_event_key_kind(mac->kind));
		put_text(&l, "ik", mac->key);
		put(&l, ",\"count\":\"%08x\",\"fresh\":\"%08x\",\"received\":\"%08x\",\"expected\":\"%08x\"",
		    mac->count, mac->fresh, mac->received, mac->expected);
	}
	put(&l, "}\n");
	return l.full ? 0 : l.at;
}

/* ---- reading: one flat object of strings, numbers, true and false ---- */

struct cursor {
	const char *at, *end;
};

static void skip_space(struct cursor *c)
{
	while (c->at < c->end && strchr(" \t\r\n", *c->at) && *c->at)
		c->at++;
}

static bool take(struct cursor *c, char wanted)
{
	skip_space(c);
	if (c->at == c->end || *c->at != wanted)
		return false;
	c->at++;
	return true;
}

static int hex_value(char c)
{
	return c >= '0' && c <= '9' ? c - '0' :
	       c >= 'a' && c <= 'f' ? c - 'a' + 10 :
	       c >= 'A' && c <= 'F' ? c - 'A' + 10 :
				      -1;
}

static int read_escape(struct cursor *c, char *octet)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	if (c->at == c->end)
		return IUPLUS_ERR_SYNTAX;
	char kind = *c->at++;
	if (kind == 'u') {
		unsigned code = 0;
		for (int i = 0; i < 4; i++, c->at++) {
			int digit = c->at < c->end ? hex_value(*c->at) : -1;
			if (digit < 0)
				return IUPLUS_ERR_SYNTAX;
			code = code << 4 | (unsigned)digit;
		}
		/* our writer escapes only single octets */
		*octet = code && code < 0x100 ? (char)code : '?';
		return 0;
	}
	const char *found = kind ? strchr(from, kind) : NULL;
	if (!found)
		return IUPLUS_ERR_SYNTAX;
	*octet = to[found - from];
	return 0;
}

/* Truncates a text that is longer than the field. */
static int read_string(struct cursor *c, char *field, size_t size)
{
	size_t len = 0;
	if (!take(c, '"'))
		return IUPLUS_ERR_SYNTAX;
	while (c->at < c->end && *c->at != '"') {
		char octet = *c->at++;
		if (octet == '\\' && read_escape(c, &octet))
			return IUPLUS_ERR_SYNTAX;
		if (len + 1 < size)
			field[len++] = octet;
	}
	field[len] = 0;
	return take(c, '"') ? 0 : IUPLUS_ERR_SYNTAX;
}

/* A number, true or false, as a number. */
static int read_number(struct cursor *c, double *number)
{
	char text[40];
	size_t len = 0;
	skip_space(c);
	while (c->at < c->end && len + 1 < sizeof(text) && *c->at && strchr("+-.0123456789eEtrufals", *c->at))
		text[len++] = *c->at++;
	text[len] = 0;
	if (!strcmp(text, "true") || !strcmp(text, "false")) {
		*number = text[0] == 't';
		return 0;
	}
	char *end;
	*number = strtod(text, &end);
	return len && !*end ? 0 : IUPLUS_ERR_SYNTAX;
}

static unsigned to_unsigned(double number)
{
	return number >= 0 && number <= 4294967295.0 ? (unsigned)number : 0;
}

static int find_name(const char *const *names, unsigned count, const char *text)
{
	for (unsigned i = 0; i < count; i++)
		if (!strcmp(names[i], text))
			return (int)i;
	return -1;
}

static int find_step(const char *text)
{
	for (int i = 0; i < IUPLUS_STEP_COUNT; i++)
		if (!strcmp(iuplus_proc_step_name((enum iuplus_proc_step)i), text))
			return i;
	return -1;
}

/* The members of a rejected MAC-I that are 32 bits in hexadecimal. */
static int set_hex(struct iuplus_rrc_mac_check *mac, const char *name, const char *text)
{
	const struct {
		const char *name;
		uint32_t *field;
	} members[] = { { "count", &mac->count },
			{ "fresh", &mac->fresh },
			{ "received", &mac->received },
			{ "expected", &mac->expected } };
	for (unsigned i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		if (strcmp(name, members[i].name))
			continue;
		if (strlen(text) != 8 || strspn(text, "0123456789abcdef") != 8)
			return IUPLUS_ERR_SYNTAX;
		*members[i].field = (uint32_t)strtoul(text, NULL, 16);
	}
	return 0;
}

/* A rejected MAC-I has members of the same names as keys in use. */
static void take_mac(struct node_event *event)
{
	event->mac.uia = (uint8_t)event->uia;
	event->mac.kind = event->key_kind;
	memcpy(event->mac.key, event->ik, sizeof(event->mac.key) - 1);
	event->uia = 0;
	event->key_kind = IUPLUS_KEYS_NONE;
	memset(event->ik, 0, sizeof(event->ik));
}

static int set_string(struct node_event *event, const char *name, const char *text)
{
	int found;
	const struct {
		const char *name;
		char *field;
		size_t size;
	} texts[] = {
		{ "node", event->node, sizeof(event->node) },
		{ "from", event->from, sizeof(event->from) },
		{ "to", event->to, sizeof(event->to) },
		{ "interface", event->interface, sizeof(event->interface) },
		{ "message", event->message, sizeof(event->message) },
		{ "note", event->note, sizeof(event->note) },
		{ "ik", event->ik, sizeof(event->ik) },
		{ "ck", event->ck, sizeof(event->ck) },
		{ "k_rnc", event->k_rnc, sizeof(event->k_rnc) },
		{ "k_rnc_star", event->k_rnc_star, sizeof(event->k_rnc_star) },
	};
	for (unsigned i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (!strcmp(name, texts[i].name)) {
			node_event_text(texts[i].field, texts[i].size, text);
			return 0;
		}
	if (!strcmp(name, "event")) {
		found = find_name(kind_names, sizeof(kind_names) / sizeof(kind_names[0]), text);
		if (found < 0)
			return IUPLUS_ERR_SYNTAX;
		event->kind = (enum node_event_kind)found;
	} else if (!strcmp(name, "protected_by") || !strcmp(name, "kind")) {
		found = find_name(key_kinds, IUPLUS_KEYS_COUNT, text);
		if (found < 0)
			return IUPLUS_ERR_SYNTAX;
		if (name[0] == 'p')
			event->protected_by = (enum iuplus_key_kind)found;
		else
			event->key_kind = (enum iuplus_key_kind)found;
	} else if (!strcmp(name, "step")) {
		found = find_step(text);
		if (found < 0)
			return IUPLUS_ERR_SYNTAX;
		event->step = (enum iuplus_proc_step)found;
	} else if (!strcmp(name, "domain")) {
		event->domain = strcmp(text, "cs") ? IUPLUS_DOMAIN_PS : IUPLUS_DOMAIN_CS;
	} else if (!strcmp(name, "direction")) {
		event->mac.uplink = !strcmp(text, "uplink");
	} else {
		return set_hex(&event->mac, name, text);
	}
	return 0;
}

static void set_number(struct node_event *event, const char *name, double number)
{
	if (!strcmp(name, "t"))
		event->t = number;
	else if (!strcmp(name, "uia"))
		event->uia = to_unsigned(number);
	else if (!strcmp(name, "uea"))
		event->uea = to_unsigned(number);
	else if (!strcmp(name, "ncc"))
		event->ncc = to_unsigned(number);
	else if (!strcmp(name, "start"))
		event->start = to_unsigned(number);
	else if (!strcmp(name, "rb"))
		event->mac.rb = (uint8_t)to_unsigned(number);
	else if (!strcmp(name, "integrity"))
		event->integrity_started = number > 0;
	else if (!strcmp(name, "ciphering"))
		event->ciphering_started = number > 0;
}

int node_event_read(const char *line, size_t len, struct node_event *event)
{
	struct cursor c = { line, line + len };
	bool has_time = false, has_kind = false;
	memset(event, 0, sizeof(*event));
	if (!take(&c, '{'))
		return IUPLUS_ERR_SYNTAX;
	do {
		char name[24], text[NODE_EVENT_TEXT];
		double number;
		if (read_string(&c, name, sizeof(name)) || !take(&c, ':'))
			return IUPLUS_ERR_SYNTAX;
		skip_space(&c);
		if (c.at < c.end && *c.at == '"') {
			if (read_string(&c, text, sizeof(text)) || set_string(event, name, text))
				return IUPLUS_ERR_SYNTAX;
			has_kind |= !strcmp(name, "event");
		} else {
			if (read_number(&c, &number))
				return IUPLUS_ERR_SYNTAX;
			set_number(event, name, number);
			has_time |= !strcmp(name, "t");
		}
	} while (take(&c, ','));
	if (!take(&c, '}'))
		return IUPLUS_ERR_SYNTAX;
	skip_space(&c);
	if (event->kind == NODE_EVENT_MAC)
		take_mac(event);
	return c.at == c.end && has_time && has_kind ? 0 : IUPLUS_ERR_SYNTAX;
}
