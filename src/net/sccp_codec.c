/* SPDX-License-Identifier: BSD-2-Clause */
/* sccp_codec.c: SCCP messages to octets and back (Q.713 clauses 2 to 4).
 *
 * A message is a type, fixed parameters, one pointer per variable parameter, one pointer to the optional part.
 * One table describes the contents of each type; both directions use it. */
#include "src/net/sccp_internal.h"

#include <string.h>

/* Fixed parameters, in the letters of the layout strings below:
 *   d destination local reference, s source local reference, p protocol class, c cause, m segmenting/reassembling,
 *   q sequencing/segmenting (2), w credit, r receive sequence number, h hop counter, k class with message handling.
 * Variable: A called, B calling, D data. */
struct layout {
	const char *fixed, *variable;
	bool optional;
	uint8_t optional_address; /* name code of an address allowed in the optional part, 0: none */
	uint16_t max_data;
};

enum {
	NAME_END = 0x00,
	NAME_CALLED = 0x03,
	NAME_CALLING = 0x04,
	NAME_CREDIT = 0x09,
	NAME_DATA = 0x0f,
	NAME_SEGMENTATION = 0x10,
	NAME_HOP_COUNTER = 0x11
};

static const struct layout layouts[] = {
	[IUPLUS_SCCP_CR] = { "sp", "A", true, NAME_CALLING, IUPLUS_SCCP_MAX_CR_DATA },
	[IUPLUS_SCCP_CC] = { "dsp", "", true, NAME_CALLED, IUPLUS_SCCP_MAX_CR_DATA },
	[IUPLUS_SCCP_CREF] = { "dc", "", true, NAME_CALLED, IUPLUS_SCCP_MAX_CR_DATA },
	[IUPLUS_SCCP_RLSD] = { "dsc", "", true, 0, IUPLUS_SCCP_MAX_CR_DATA },
	[IUPLUS_SCCP_RLC] = { "ds", "", false, 0, 0 },
	[IUPLUS_SCCP_DT1] = { "dm", "D", false, 0, 255 },
	[IUPLUS_SCCP_DT2] = { "dq", "D", false, 0, 255 },
	[IUPLUS_SCCP_AK] = { "drw", "", false, 0, 0 },
	[IUPLUS_SCCP_UDT] = { "k", "ABD", false, 0, 255 },
	[IUPLUS_SCCP_UDTS] = { "c", "ABD", false, 0, 255 },
	[IUPLUS_SCCP_ED] = { "d", "D", false, 0, 32 },
	[IUPLUS_SCCP_EA] = { "d", "", false, 0, 0 },
	[IUPLUS_SCCP_RSR] = { "dsc", "", false, 0, 0 },
	[IUPLUS_SCCP_RSC] = { "ds", "", false, 0, 0 },
	[IUPLUS_SCCP_ERR] = { "dc", "", false, 0, 0 },
	[IUPLUS_SCCP_IT] = { "dspqw", "", false, 0, 0 },
	[IUPLUS_SCCP_XUDT] = { "kh", "ABD", true, 0, 254 },
	[IUPLUS_SCCP_XUDTS] = { "ch", "ABD", true, 0, 254 }
};

static const struct layout *find(unsigned type)
{
	if (type >= sizeof(layouts) / sizeof(layouts[0]) || layouts[type].fixed == NULL)
		return NULL;
	return &layouts[type];
}

/* References and point codes have their least significant octet first. */
static uint32_t get24(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
}

static void put24(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
	p[2] = (uint8_t)(v >> 16);
}

static unsigned fixed_len(char letter)
{
	switch (letter) {
	case 'd':
	case 's':
		return 3;
	case 'q':
		return 2;
	}
	return 1;
}

static void decode_fixed(char letter, const uint8_t *p, struct iuplus_sccp_message *m)
{
	switch (letter) {
	case 'd':
		m->destination = get24(p);
		break;
	case 's':
		m->source = get24(p);
		break;
	case 'p':
		m->protocol_class = p[0] & 0x0f;
		break;
	case 'k':
		m->protocol_class = p[0] & 0x0f;
		m->return_on_error = (p[0] & 0x80) != 0;
		break;
	case 'c':
		m->cause = p[0];
		break;
	case 'm':
		m->more = p[0] & 1;
		break;
	case 'q':
		m->sequencing[0] = p[0];
		m->sequencing[1] = p[1];
		m->more = p[1] & 1;
		break;
	case 'w':
		m->credit = p[0];
		break;
	case 'r':
		m->sequencing[1] = p[0];
		break;
	case 'h':
		m->hop_counter = p[0];
		break;
	}
}

/* Q.713 3.4, 3.5. */
static int decode_address(const uint8_t *p, size_t len, struct iuplus_sccp_address *a)
{
	size_t at = 1;

	memset(a, 0, sizeof(*a));
	if (len < 1)
		return IUPLUS_ERR_SYNTAX;
	a->has_point_code = p[0] & 1;
	a->has_ssn = (p[0] & 2) != 0;
	a->gti = p[0] >> 2 & 0x0f;
	a->route_on_ssn = (p[0] & 0x40) != 0;
	if (len < at + (a->has_point_code ? 2 : 0) + (a->has_ssn ? 1 : 0))
		return IUPLUS_ERR_TRUNCATED;
	if (a->has_point_code) {
		a->point_code = (uint16_t)((p[at] | p[at + 1] << 8) & 0x3fff);
		at += 2;
	}
	if (a->has_ssn)
		a->ssn = p[at++];
	if (len - at > sizeof(a->gt))
		return IUPLUS_ERR_CONSTRAINT;
	if (a->gti == 0 && len > at)
		return IUPLUS_ERR_SYNTAX;
	a->gt_len = (uint8_t)(len - at);
	memcpy(a->gt, p + at, len - at);
	return 0;
}

static int decode_optional(const struct layout *l, const uint8_t *p, size_t len, struct iuplus_sccp_message *m)
{
	size_t at = 0;
	int rc;

	while (at < len && p[at] != NAME_END) {
		const uint8_t *v;
		size_t vlen;

		if (len - at < 2 || p[at + 1] > len - at - 2)
			return IUPLUS_ERR_TRUNCATED;
		v = p + at + 2;
		vlen = p[at + 1];
		switch (p[at]) {
		case NAME_CALLED:
		case NAME_CALLING:
			if (p[at] != l->optional_address)
				break;
			rc = decode_address(v, vlen, p[at] == NAME_CALLED ? &m->called : &m->calling);
			if (rc != 0)
				return rc;
			if (p[at] == NAME_CALLED)
				m->has_called = true;
			else
				m->has_calling = true;
			break;
		case NAME_CREDIT:
			if (vlen != 1)
				return IUPLUS_ERR_SYNTAX;
			m->credit = v[0];
			break;
		case NAME_DATA:
			if (vlen == 0)
				return IUPLUS_ERR_SYNTAX;
			m->data.data = v;
			m->data.len = vlen;
			break;
		case NAME_SEGMENTATION:
			if (vlen != 4)
				return IUPLUS_ERR_SYNTAX;
			m->has_segmentation = true;
			m->first_segment = (v[0] & 0x80) != 0;
			m->segmentation_class = (v[0] & 0x40) != 0;
			m->remaining_segments = v[0] & 0x0f;
			m->segmentation_reference = get24(v + 1);
			break;
		case NAME_HOP_COUNTER:
			if (vlen != 1)
				return IUPLUS_ERR_SYNTAX;
			m->hop_counter = v[0];
			break;
		default:
			/* Importance, and parameters of later editions: ignored (Q.713 1.3). */
			break;
		}
		at += 2 + vlen;
	}
	return at < len ? 0 : IUPLUS_ERR_TRUNCATED;
}

static int decode_variable(char letter, const uint8_t *p, size_t len, struct iuplus_sccp_message *m)
{
	switch (letter) {
	case 'A':
		m->has_called = true;
		return decode_address(p, len, &m->called);
	case 'B':
		m->has_calling = true;
		return decode_address(p, len, &m->calling);
	}
	if (len == 0)
		return IUPLUS_ERR_SYNTAX;
	m->data.data = p;
	m->data.len = len;
	return 0;
}

int iuplus_sccp_decode(const uint8_t *data, size_t len, struct iuplus_sccp_message *m)
{
	const struct layout *l;
	size_t at = 1;
	int rc;

	memset(m, 0, sizeof(*m));
	if (len < 1)
		return IUPLUS_ERR_TRUNCATED;
	l = find(data[0]);
	if (l == NULL)
		return IUPLUS_ERR_NOT_COMPREHENDED;
	m->type = data[0];
	for (const char *f = l->fixed; *f != '\0'; f++) {
		unsigned n = fixed_len(*f);

		if (len - at < n)
			return IUPLUS_ERR_TRUNCATED;
		decode_fixed(*f, data + at, m);
		at += n;
	}
	for (const char *v = l->variable; *v != '\0'; v++, at++) {
		size_t target;

		if (at >= len)
			return IUPLUS_ERR_TRUNCATED;
		if (data[at] == 0)
			return IUPLUS_ERR_SYNTAX;
		target = at + data[at];
		if (target >= len || data[target] > len - target - 1)
			return IUPLUS_ERR_TRUNCATED;
		rc = decode_variable(*v, data + target + 1, data[target], m);
		if (rc != 0)
			return rc;
	}
	if (!l->optional)
		return 0;
	if (at >= len)
		return IUPLUS_ERR_TRUNCATED;
	if (data[at] == 0)
		return 0;
	if (data[at] >= len - at)
		return IUPLUS_ERR_TRUNCATED;
	return decode_optional(l, data + at + data[at], len - at - data[at], m);
}

static size_t encode_fixed(char letter, const struct iuplus_sccp_message *m, uint8_t *p)
{
	switch (letter) {
	case 'd':
		put24(p, m->destination);
		return 3;
	case 's':
		put24(p, m->source);
		return 3;
	case 'p':
		p[0] = m->protocol_class;
		return 1;
	case 'k':
		p[0] = (uint8_t)(m->protocol_class | (m->return_on_error ? 0x80 : 0));
		return 1;
	case 'c':
		p[0] = m->cause;
		return 1;
	case 'm':
		p[0] = m->more;
		return 1;
	case 'q':
		p[0] = m->sequencing[0];
		p[1] = m->sequencing[1];
		return 2;
	case 'w':
		p[0] = m->credit;
		return 1;
	case 'r':
		p[0] = m->sequencing[1];
		return 1;
	}
	p[0] = m->hop_counter;
	return 1;
}

static size_t encode_address(const struct iuplus_sccp_address *a, uint8_t *p)
{
	size_t at = 1;

	p[0] = (uint8_t)((a->has_point_code ? 1 : 0) | (a->has_ssn ? 2 : 0) | (a->gti & 0x0f) << 2 |
			 (a->route_on_ssn ? 0x40 : 0));
	if (a->has_point_code) {
		p[at++] = (uint8_t)a->point_code;
		p[at++] = (uint8_t)(a->point_code >> 8 & 0x3f);
	}
	if (a->has_ssn)
		p[at++] = a->ssn;
	memcpy(p + at, a->gt, a->gt_len);
	return at + a->gt_len;
}

static size_t encode_optional(const struct layout *l, const struct iuplus_sccp_message *m, uint8_t *p)
{
	size_t at = 0, n;

	if (l->optional_address == NAME_CALLED && m->has_called) {
		n = encode_address(&m->called, p + at + 2);
		p[at] = NAME_CALLED;
		p[at + 1] = (uint8_t)n;
		at += 2 + n;
	}
	if (l->optional_address == NAME_CALLING && m->has_calling) {
		n = encode_address(&m->calling, p + at + 2);
		p[at] = NAME_CALLING;
		p[at + 1] = (uint8_t)n;
		at += 2 + n;
	}
	if (strchr(l->variable, 'D') == NULL && m->data.len > 0) {
		p[at] = NAME_DATA;
		p[at + 1] = (uint8_t)m->data.len;
		memcpy(p + at + 2, m->data.data, m->data.len);
		at += 2 + m->data.len;
	}
	if (m->has_segmentation) {
		p[at] = NAME_SEGMENTATION;
		p[at + 1] = 4;
		p[at + 2] = (uint8_t)((m->first_segment ? 0x80 : 0) | (m->segmentation_class ? 0x40 : 0) |
				      (m->remaining_segments & 0x0f));
		put24(p + at + 3, m->segmentation_reference);
		at += 6;
	}
	if (m->type == IUPLUS_SCCP_CR && m->hop_counter != 0) {
		p[at] = NAME_HOP_COUNTER;
		p[at + 1] = 1;
		p[at + 2] = m->hop_counter;
		at += 3;
	}
	if (at > 0)
		p[at++] = NAME_END;
	return at;
}

static bool address_fits(const struct iuplus_sccp_address *a)
{
	return a->gt_len <= sizeof(a->gt) && (a->gti != 0 || a->gt_len == 0) && a->gti <= 15;
}

int iuplus_sccp_encode(const struct iuplus_sccp_message *m, uint8_t *buf, size_t size, size_t *len)
{
	uint8_t out[IUPLUS_SCCP_MAX_MESSAGE];
	const struct layout *l = find(m->type);
	size_t at = 1, pointers, n;

	if (l == NULL)
		return IUPLUS_ERR_NOT_COMPREHENDED;
	if (m->data.len > l->max_data || m->destination > 0xffffff || m->source > 0xffffff || m->protocol_class > 3 ||
	    !address_fits(&m->called) || !address_fits(&m->calling))
		return IUPLUS_ERR_CONSTRAINT;
	out[0] = (uint8_t)m->type;
	for (const char *f = l->fixed; *f != '\0'; f++)
		at += encode_fixed(*f, m, out + at);
	pointers = at;
	at += strlen(l->variable) + (l->optional ? 1 : 0);
	for (const char *v = l->variable; *v != '\0'; v++, pointers++) {
		if (*v == 'D') {
			if (m->data.len == 0)
				return IUPLUS_ERR_CONSTRAINT;
			n = m->data.len;
			memcpy(out + at + 1, m->data.data, n);
		} else {
			n = encode_address(*v == 'A' ? &m->called : &m->calling, out + at + 1);
		}
		out[at] = (uint8_t)n;
		if (at - pointers > 255)
			return IUPLUS_ERR_CONSTRAINT;
		out[pointers] = (uint8_t)(at - pointers);
		at += 1 + n;
	}
	if (l->optional) {
		n = encode_optional(l, m, out + at);
		/* A pointer has one octet, which limits the data before an optional part. */
		if (n > 0 && at - pointers > 255)
			return IUPLUS_ERR_CONSTRAINT;
		out[pointers] = n > 0 ? (uint8_t)(at - pointers) : 0;
		at += n;
	}
	if (at > size)
		return IUPLUS_ERR_SPACE;
	memcpy(buf, out, at);
	*len = at;
	return 0;
}

int sccp_output(struct iuplus_sccp *s, unsigned peer, uint32_t dpc, uint8_t sls, const struct iuplus_sccp_message *m)
{
	uint8_t buf[IUPLUS_SCCP_MAX_MESSAGE];
	size_t len;
	int rc = iuplus_sccp_encode(m, buf, sizeof(buf), &len);

	if (rc != 0)
		return rc;
	return s->ops.send(s->ops.user, peer, dpc, sls, buf, len) == 0 ? 0 : IUPLUS_ERR_IO;
}
