/* SPDX-License-Identifier: BSD-2-Clause */
/* reader.c: reads PDUs one by one from any format. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "src/tool/pdu/pdu.h"

#define MOST_TEXT (64u * PDU_MOST_OCTETS)
#define LOOK_UP 4096u /* packets without a PDU after which the caller may show progress */

/* A PDU of a packet until it is requested: a packet may have several. */
struct waiting {
	struct waiting *next;
	const struct iuplus_asn1_type *type;
	unsigned frame;
	uint64_t time_ns;
	char from[64], to[64];
	struct pdu_radio radio;
	int integrity;
	char integrity_text[PDU_INTEGRITY_TEXT];
	struct pdu_iu iu;
	size_t len;
	uint8_t data[];
};

struct pdu_reader {
	struct pdu_input *in;
	const struct pdu_options *options;
	unsigned number;
	bool done;
	/* hex */
	struct pdu_hex *hex;
	bool again; /* the line must still be processed */
	/* JSON, XER: text of more than one line */
	char *text;
	size_t length, room, at;
	/* capture */
	struct pdu_capture *capture;
	struct pdu_dissector *dissector;
	struct pdu_packet packet;
	struct waiting *first, *last;
	unsigned packets, left_out;
	bool no_memory;
};

static void found(void *user, const struct pdu_found *f)
{
	struct pdu_reader *r = user;
	struct waiting *w;

	/* from a capture only the requested PDUs */
	if (r->options->type && f->type != r->options->type)
		return;
	w = malloc(sizeof(*w) + f->len);
	if (!w) {
		r->no_memory = true;
		return;
	}
	memset(w, 0, sizeof(*w));
	w->type = f->type;
	w->frame = f->radio ? f->frame : r->packets;
	w->time_ns = f->radio ? f->time_ns : r->packet.time_ns;
	if (f->radio)
		w->radio = *f->radio;
	if (f->radio && f->type) {
		w->integrity = f->integrity;
		snprintf(w->integrity_text, sizeof(w->integrity_text), "%s",
			 f->integrity_text ? f->integrity_text : "");
	}
	w->iu = f->iu;
	memcpy(w->from, f->from, sizeof(w->from));
	memcpy(w->to, f->to, sizeof(w->to));
	w->len = f->len;
	if (f->len)
		memcpy(w->data, f->data, f->len);
	if (r->last)
		r->last->next = w;
	else
		r->first = w;
	r->last = w;
}

static bool append(struct pdu_reader *r, const char *s, size_t n)
{
	if (r->length + n + 1 > r->room) {
		size_t room = 2 * (r->length + n) + 4096;
		char *p = room <= 4u * MOST_TEXT ? realloc(r->text, room) : NULL;

		if (!p)
			return false;
		r->text = p;
		r->room = room;
	}
	if (n)
		memcpy(r->text + r->length, s, n);
	r->length += n;
	r->text[r->length] = '\0';
	return true;
}

static bool whole_input(struct pdu_reader *r, size_t most)
{
	uint8_t part[16384];
	size_t n;

	while ((n = pdu_input_read(r->in, part, sizeof(part))) > 0) {
		if (r->length + n > most || !append(r, (const char *)part, n))
			return false;
	}
	return append(r, "", 0);
}

struct pdu_reader *pdu_reader_open(struct pdu_input *in, const struct pdu_options *options, const char **why)
{
	struct pdu_reader *r = calloc(1, sizeof(*r));

	*why = "no memory";
	if (!r)
		return NULL;
	r->in = in;
	r->options = options;
	switch (options->in) {
	case PDU_HEX:
		r->hex = pdu_hex_new();
		if (r->hex)
			return r;
		break;
	case PDU_CAPTURE:
		r->dissector = pdu_dissector_new(options->type, found, r);
		if (r->dissector)
			r->capture = pdu_capture_open(in, why);
		if (r->capture)
			return r;
		break;
	case PDU_XER:
	case PDU_BIN:
		if (whole_input(r, options->in == PDU_BIN ? PDU_MOST_OCTETS : MOST_TEXT))
			return r;
		*why = "longer than any PDU";
		break;
	default:
		return r;
	}
	pdu_reader_close(r);
	return NULL;
}

void pdu_reader_close(struct pdu_reader *r)
{
	if (!r)
		return;
	while (r->first) {
		struct waiting *w = r->first;

		r->first = w->next;
		free(w);
	}
	pdu_hex_free(r->hex);
	pdu_capture_close(r->capture);
	pdu_dissector_free(r->dissector);
	free(r->text);
	free(r);
}

void pdu_reader_keys(struct pdu_reader *r, struct pdu_keylog *keylog)
{
	if (r->dissector)
		pdu_dissector_keys(r->dissector, keylog);
}

void pdu_reader_counts(const struct pdu_reader *r, unsigned *packets, unsigned *left_out)
{
	*packets = r->packets;
	*left_out = r->left_out;
}

unsigned pdu_reader_missing(const struct pdu_reader *r, const char **type)
{
	return r->dissector ? pdu_dissector_missing(r->dissector, type) : 0;
}

/* The octets after the bit offset into the item. */
static int take_octets(struct pdu_reader *r, struct iuplus_arena *arena, struct pdu_item *item, const uint8_t *octets,
		       size_t size)
{
	size_t skip = r->options->in == PDU_CAPTURE ? 0 : r->options->bit_offset, i, n;
	uint8_t *o;

	if (skip >= 8 * size && skip > 0) {
		item->broken = "shorter than the bit offset";
		return 1;
	}
	n = size - skip / 8;
	o = iuplus_arena_alloc(arena, n + 1);
	if (!o) {
		item->broken = "no memory";
		return 1;
	}
	octets += skip / 8;
	skip %= 8;
	for (i = 0; i < n; i++)
		o[i] = (uint8_t)(octets[i] << skip | (skip && i + 1 < n ? octets[i + 1] >> (8 - skip) : 0));
	item->octets.data = o;
	item->bits = 8 * n - skip;
	item->octets.len = (item->bits + 7) / 8;
	return 1;
}

static int next_hex(struct pdu_reader *r, struct iuplus_arena *arena, struct pdu_item *item)
{
	const uint8_t *octets;
	size_t size, length;
	int rc;

	for (;;) {
		if (!r->again) {
			rc = r->done ? 0 : pdu_input_line(r->in, &length);
			if (rc == 0) {
				r->done = true;
				return pdu_hex_end(r->hex, &octets, &size) == 1 ?
					       take_octets(r, arena, item, octets, size) :
					       0;
			}
			if (rc < 0 || strlen(r->in->line) != length) {
				item->broken = rc < 0 ? "a line longer than any PDU" :
							"not hexadecimal: there is a zero octet in it";
				item->line = r->in->line_number;
				return 1;
			}
		}
		r->again = false;
		rc = pdu_hex_line(r->hex, r->in->line, &octets, &size);
		item->line = r->in->line_number;
		if (rc < 0) {
			char why[160];

			pdu_hex_why(r->in->line, why, sizeof(why));
			item->broken = iuplus_arena_copy(arena, why, strlen(why) + 1);
			if (!item->broken)
				item->broken = "not hexadecimal";
			return 1;
		}
		r->again = rc == 2;
		if (rc)
			return take_octets(r, arena, item, octets, size);
	}
}

/* The open brackets after a line; a document ends where all are closed. */
struct brackets {
	long depth;
	bool in_string, escaped;
};

static void count(struct brackets *b, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (b->in_string) {
			if (b->escaped)
				b->escaped = false;
			else if (s[i] == '\\')
				b->escaped = true;
			else if (s[i] == '"')
				b->in_string = false;
		} else if (s[i] == '"') {
			b->in_string = true;
		} else if (s[i] == '{' || s[i] == '[') {
			b->depth++;
		} else if (s[i] == '}' || s[i] == ']') {
			b->depth--;
		}
	}
}

/* One JSON text, over any number of lines: 1, 0 at the end. */
static int json_text(struct pdu_reader *r, struct pdu_item *item)
{
	struct brackets b = { 0 };
	size_t length;
	int rc;

	r->length = 0;
	for (;;) {
		rc = pdu_input_line(r->in, &length);
		if (rc == 0)
			return r->length > 0;
		item->line = item->line ? item->line : r->in->line_number;
		if (rc < 0 || r->length + length > MOST_TEXT || !append(r, r->in->line, length) ||
		    !append(r, "\n", 1)) {
			item->broken = "a text longer than any PDU's";
			return 1;
		}
		if (strspn(r->text, " \t\r\n") == r->length) {
			r->length = 0;
			item->line = 0;
			continue;
		}
		count(&b, r->in->line, length);
		if (b.depth <= 0)
			return 1;
	}
}

static void copy_string(char *to, size_t room, const json_t *j)
{
	const char *s = json_string_value(j);

	if (s && strlen(s) < room)
		strcpy(to, s);
}

/* A PDU that could not be decoded: its octets are kept. */
static void undecoded(struct pdu_item *item, const json_t *j, struct iuplus_arena *arena)
{
	const char *why = json_string_value(json_object_get(j, "error")),
		   *hex = json_string_value(json_object_get(j, "octets"));
	const uint8_t *octets;
	struct pdu_hex *h = pdu_hex_new();
	size_t size;

	item->broken = why ? iuplus_arena_copy(arena, why, strlen(why) + 1) : NULL;
	if (!item->broken)
		item->broken = "an error";
	if (h && hex && strlen(hex) > 0 && pdu_hex_line(h, hex, &octets, &size) == 1) {
		item->octets.data = iuplus_arena_copy(arena, octets, size);
		item->octets.len = item->octets.data ? size : 0;
		item->bits = 8 * item->octets.len;
	}
	pdu_hex_free(h);
}

/* A line of a capture: the value with its type, frame and time. */
static void enveloped(struct pdu_item *item, const json_t *j, struct iuplus_arena *arena)
{
	const char *type = json_string_value(json_object_get(j, "type")),
		   *time = json_string_value(json_object_get(j, "time"));
	const json_t *value = json_object_get(j, "value"), *frame = json_object_get(j, "frame");
	const char *why = "its type is unknown: give -p TYPE, or a member \"type\" as in the lines of a capture";
	char *text, *after;

	if (json_is_integer(frame) && json_integer_value(frame) > 0 && json_integer_value(frame) < UINT32_MAX)
		item->frame = (unsigned)json_integer_value(frame);
	if (time) {
		unsigned long long seconds = strtoull(time, &after, 10), part = 0;

		if (*after == '.' && strlen(after) == 10)
			part = strtoull(after + 1, NULL, 10);
		item->time_ns = seconds * 1000000000u + part;
	}
	copy_string(item->from, sizeof(item->from), json_object_get(j, "from"));
	copy_string(item->to, sizeof(item->to), json_object_get(j, "to"));
	copy_string(item->radio.where, sizeof(item->radio.where), json_object_get(j, "radio"));
	copy_string(item->radio.ciphering, sizeof(item->radio.ciphering), json_object_get(j, "ciphering"));
	item->type = type ? pdu_type(type, &why) : NULL;
	if (!type && item->radio.where[0]) {
		undecoded(item, j, arena);
		item->broken = NULL;
		item->radio.state = PDU_RADIO_NOTE;
		return;
	}
	if (!item->type) {
		item->broken = why;
		return;
	}
	if (!value) {
		undecoded(item, j, arena);
		return;
	}
	text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	if (!text) {
		item->broken = "no memory";
		return;
	}
	iuplus_asn1_from_json(item->type, text, strlen(text), arena, &item->value, &item->error);
	free(text);
}

static int next_json(struct pdu_reader *r, struct iuplus_arena *arena, struct pdu_item *item)
{
	json_error_t e;
	json_t *j;
	int rc = json_text(r, item);

	if (rc != 1 || item->broken)
		return rc;
	if (r->options->type && strncmp(r->text, "{\"error\":", 9) != 0) {
		iuplus_asn1_from_json(item->type, r->text, r->length, arena, &item->value, &item->error);
		return 1;
	}
	j = json_loadb(r->text, r->length, JSON_REJECT_DUPLICATES, &e);
	if (!j) {
		item->broken = "no JSON";
		return 1;
	}
	if (r->options->type)
		undecoded(item, j, arena);
	else
		enveloped(item, j, arena);
	json_decref(j);
	return 1;
}

static int next_xer(struct pdu_reader *r, struct iuplus_arena *arena, struct pdu_item *item)
{
	size_t used = 0;

	if (r->at + strspn(r->text + r->at, " \t\r\n") >= r->length)
		return 0;
	iuplus_asn1_from_xer(item->type, r->text + r->at, r->length - r->at, arena, &item->value, &used, &item->error);
	r->at = used ? r->at + used : r->length;
	return 1;
}

static int next_packet(struct pdu_reader *r, struct iuplus_arena *arena, struct pdu_item *item, const char **why)
{
	struct waiting *w;
	unsigned seen = 0;

	while (!r->first) {
		int rc = r->done ? 0 : pdu_capture_next(r->capture, &r->packet, why);

		if (rc < 0)
			return rc;
		if (rc == 0) {
			if (r->done)
				return 0;
			r->done = true;
			pdu_dissect_end(r->dissector);
			continue;
		}
		r->packet.frame = ++r->packets;
		if (!pdu_dissect(r->dissector, &r->packet))
			r->left_out++;
		if (r->no_memory) {
			*why = "no memory";
			return -1;
		}
		if (!r->first && ++seen == LOOK_UP)
			return 2;
	}
	w = r->first;
	r->first = w->next;
	if (!r->first)
		r->last = NULL;
	item->type = w->type;
	item->frame = w->frame;
	item->time_ns = w->time_ns;
	memcpy(item->from, w->from, sizeof(item->from));
	memcpy(item->to, w->to, sizeof(item->to));
	item->radio = w->radio;
	item->integrity = w->integrity;
	item->iu = w->iu;
	memcpy(item->integrity_text, w->integrity_text, sizeof(item->integrity_text));
	take_octets(r, arena, item, w->data, w->len);
	free(w);
	return 1;
}

void pdu_reader_releases(struct pdu_reader *r)
{
	if (r->dissector)
		pdu_dissector_releases(r->dissector);
}

int pdu_reader_next(struct pdu_reader *r, struct iuplus_arena *arena, struct pdu_item *item, const char **why)
{
	int rc = 0;

	memset(item, 0, sizeof(*item));
	item->type = r->options->type;
	*why = "";
	switch (r->options->in) {
	case PDU_HEX:
		rc = next_hex(r, arena, item);
		break;
	case PDU_JSON:
		rc = next_json(r, arena, item);
		break;
	case PDU_XER:
		rc = next_xer(r, arena, item);
		break;
	case PDU_CAPTURE:
		rc = next_packet(r, arena, item, why);
		break;
	case PDU_BIN:
		rc = r->done || r->length == 0 ? 0 : take_octets(r, arena, item, (const uint8_t *)r->text, r->length);
		r->done = true;
		break;
	default:
		break;
	}
	if (rc == 1 && (item->type || !item->radio.where[0]))
		item->number = ++r->number;
	return rc;
}
