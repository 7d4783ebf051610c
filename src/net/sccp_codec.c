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
 * Variable: A called, B calling, D data, L long data. A pointer and the length of data have one octet; in the long
 * messages two, the least significant first, and a pointer counts from its second octet (Q.713 2.3, 4.20). */
struct layout {
	const char *fixed, *variable;
	bool optional, wide;
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
	[IUPLUS_SCCP_CR] = { "sp", "A", true, false, NAME_CALLING, IUPLUS_SCCP_MAX_CR_DATA },
	[IUPLUS_SCCP_CC] = { "dsp", "", true, false, NAME_CALLED, IUPLUS_SCCP_MAX_CR_DATA },
	[IUPLUS_SCCP_CREF] = { "dc", "", true, false, NAME_CALLED, IUPLUS_SCCP_MAX_CR_DATA },
	[IUPLUS_SCCP_RLSD] = { "dsc", "", true, false, 0, IUPLUS_SCCP_MAX_CR_DATA },
	[IUPLUS_SCCP_RLC] = { "ds", "", false, false, 0, 0 },
	[IUPLUS_SCCP_DT1] = { "dm", "D", false, false, 0, 255 },
	[IUPLUS_SCCP_DT2] = { "dq", "D", false, false, 0, 255 },
	[IUPLUS_SCCP_AK] = { "drw", "", false, false, 0, 0 },
	[IUPLUS_SCCP_UDT] = { "k", "ABD", false, false, 0, 255 },
	[IUPLUS_SCCP_UDTS] = { "c", "ABD", false, false, 0, 255 },
	[IUPLUS_SCCP_ED] = { "d", "D", false, false, 0, 32 },
	[IUPLUS_SCCP_EA] = { "d", "", false, false, 0, 0 },
	[IUPLUS_SCCP_RSR] = { "dsc", "", false, false, 0, 0 },
	[IUPLUS_SCCP_RSC] = { "ds", "", false, false, 0, 0 },
	[IUPLUS_SCCP_ERR] = { "dc", "", false, false, 0, 0 },
	[IUPLUS_SCCP_IT] = { "dspqw", "", false, false, 0, 0 },
	[IUPLUS_SCCP_XUDT] = { "kh", "ABD", true, false, 0, 254 },
	[IUPLUS_SCCP_XUDTS] = { "ch", "ABD", true, false, 0, 254 },
	[IUPLUS_SCCP_LUDT] = { "kh", "ABL", true, true, 0, IUPLUS_SCCP_MAX_UNITDATA },
	[IUPLUS_SCCP_LUDTS] = { "ch", "ABL", true, true, 0, IUPLUS_SCCP_MAX_UNITDATA }
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

static size_t get16(const uint8_t *p)
{
	return p[0] | (size_t)p[1] << 8;
}

static void put16(uint8_t *p, size_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
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

/* The place that the pointer at data[at] means; 0: the pointer is 0, there is no such part. */
static int follow(const uint8_t *data, size_t len, size_t at, size_t size, size_t *target)
{
	size_t value;

	if (at > len || len - at < size)
		return IUPLUS_ERR_TRUNCATED;
	value = size == 2 ? get16(data + at) : data[at];
	*target = value == 0 ? 0 : at + size - 1 + value;
	return *target < len ? 0 : IUPLUS_ERR_TRUNCATED;
}

int iuplus_sccp_decode(const uint8_t *data, size_t len, struct iuplus_sccp_message *m)
{
	const struct layout *l;
	size_t at = 1, optional, pointer;
	int rc;

	memset(m, 0, sizeof(*m));
	if (len < 1)
		return IUPLUS_ERR_TRUNCATED;
	l = find(data[0]);
	if (l == NULL)
		return IUPLUS_ERR_NOT_COMPREHENDED;
	m->type = data[0];
	pointer = l->wide ? 2 : 1;
	for (const char *f = l->fixed; *f != '\0'; f++) {
		unsigned n = fixed_len(*f);

		if (len - at < n)
			return IUPLUS_ERR_TRUNCATED;
		decode_fixed(*f, data + at, m);
		at += n;
	}
	for (const char *v = l->variable; *v != '\0'; v++, at += pointer) {
		size_t target, head = *v == 'L' ? 2 : 1, n;

		rc = follow(data, len, at, pointer, &target);
		if (rc != 0)
			return rc;
		if (target == 0)
			return IUPLUS_ERR_SYNTAX;
		if (len - target < head)
			return IUPLUS_ERR_TRUNCATED;
		n = head == 2 ? get16(data + target) : data[target];
		if (n > len - target - head)
			return IUPLUS_ERR_TRUNCATED;
		rc = decode_variable(*v, data + target + head, n, m);
		if (rc != 0)
			return rc;
	}
	if (!l->optional)
		return 0;
	rc = follow(data, len, at, pointer, &optional);
	if (rc != 0 || optional == 0)
		return rc;
	return decode_optional(l, data + optional, len - optional, m);
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
	if (strpbrk(l->variable, "DL") == NULL && m->data.len > 0) {
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

/* Writes a pointer at out[pointer] that means out[target]. Returns false if it does not fit. */
static bool put_pointer(const struct layout *l, uint8_t *out, size_t pointer, size_t target)
{
	if (l->wide) {
		put16(out + pointer, target - pointer - 1);
		return true;
	}
	/* A pointer of one octet limits the data before an optional part. */
	if (target - pointer > 255)
		return false;
	out[pointer] = (uint8_t)(target - pointer);
	return true;
}

/* Writes a variable parameter with its length. Returns its octets, 0 if data is missing. */
static size_t encode_variable(char letter, const struct iuplus_sccp_message *m, uint8_t *p)
{
	size_t head = letter == 'L' ? 2 : 1, n = m->data.len;

	if (letter == 'A' || letter == 'B')
		n = encode_address(letter == 'A' ? &m->called : &m->calling, p + head);
	else if (n == 0)
		return 0;
	else
		memcpy(p + head, m->data.data, n);
	if (head == 2)
		put16(p, n);
	else
		p[0] = (uint8_t)n;
	return head + n;
}

int iuplus_sccp_encode(const struct iuplus_sccp_message *m, uint8_t *buf, size_t size, size_t *len)
{
	uint8_t out[IUPLUS_SCCP_MAX_MESSAGE];
	const struct layout *l = find(m->type);
	size_t at = 1, pointers, pointer, n;

	if (l == NULL)
		return IUPLUS_ERR_NOT_COMPREHENDED;
	if (m->data.len > l->max_data || m->destination > 0xffffff || m->source > 0xffffff || m->protocol_class > 3 ||
	    !address_fits(&m->called) || !address_fits(&m->calling))
		return IUPLUS_ERR_CONSTRAINT;
	pointer = l->wide ? 2 : 1;
	out[0] = (uint8_t)m->type;
	for (const char *f = l->fixed; *f != '\0'; f++)
		at += encode_fixed(*f, m, out + at);
	pointers = at;
	at += (strlen(l->variable) + (l->optional ? 1 : 0)) * pointer;
	for (const char *v = l->variable; *v != '\0'; v++, pointers += pointer) {
		n = encode_variable(*v, m, out + at);
		if (n == 0 || !put_pointer(l, out, pointers, at))
			return IUPLUS_ERR_CONSTRAINT;
		at += n;
	}
	if (l->optional) {
		n = encode_optional(l, m, out + at);
		memset(out + pointers, 0, pointer);
		if (n > 0 && !put_pointer(l, out, pointers, at))
			return IUPLUS_ERR_CONSTRAINT;
		at += n;
	}
	if (at > size)
		return IUPLUS_ERR_SPACE;
	memcpy(buf, out, at);
	*len = at;
	return 0;
}

int sccp_output(struct iuplus_sccp *s, uint32_t dpc, uint8_t sls, const struct iuplus_sccp_message *m)
{
	uint8_t buf[IUPLUS_SCCP_MAX_MESSAGE];
	size_t len;
	int rc = iuplus_sccp_encode(m, buf, sizeof(buf), &len);

	if (rc != 0)
		return rc;
	return s->ops.send(s->ops.user, dpc, sls, buf, len) == 0 ? 0 : IUPLUS_ERR_IO;
}
