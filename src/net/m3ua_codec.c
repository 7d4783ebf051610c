/* SPDX-License-Identifier: BSD-2-Clause */
/* m3ua_codec.c: M3UA messages to octets and back (RFC 4666 clause 3). */
#include "src/net/m3ua.h"

#include <string.h>

/* Parameter tags (3.2, 3.3). */
enum {
	TAG_INFO = 0x0004,
	TAG_ROUTING_CONTEXT = 0x0006,
	TAG_DIAGNOSTIC = 0x0007,
	TAG_HEARTBEAT = 0x0009,
	TAG_TRAFFIC_MODE = 0x000b,
	TAG_ERROR = 0x000c,
	TAG_STATUS = 0x000d,
	TAG_ASP_ID = 0x0011,
	TAG_AFFECTED = 0x0012,
	TAG_NETWORK_APPEARANCE = 0x0200,
	TAG_USER_CAUSE = 0x0204,
	TAG_CONGESTION = 0x0205,
	TAG_ROUTING_KEY = 0x0207,
	TAG_REGISTRATION_RESULT = 0x0208,
	TAG_LOCAL_KEY_ID = 0x020a,
	TAG_KEY_DPC = 0x020b,
	TAG_PROTOCOL_DATA = 0x0210,
	TAG_REGISTRATION_STATUS = 0x0212
};
#define HEADER_LEN 8u
#define CLASS_SSNM 2u /* messages about destinations (3.1.2) */
#define PARAMETER_HEADER_LEN 4u
#define PROTOCOL_DATA_HEADER_LEN 12u

/* The mandatory parameter of a message (3.3 to 3.8); 0: none. */
static const struct {
	uint16_t type, mandatory;
	const char *name;
} messages[] = {
	{ IUPLUS_M3UA_ERR, TAG_ERROR, "ERR" },
	{ IUPLUS_M3UA_NTFY, TAG_STATUS, "NTFY" },
	{ IUPLUS_M3UA_DATA, TAG_PROTOCOL_DATA, "DATA" },
	{ IUPLUS_M3UA_DUNA, TAG_AFFECTED, "DUNA" },
	{ IUPLUS_M3UA_DAVA, TAG_AFFECTED, "DAVA" },
	{ IUPLUS_M3UA_DAUD, TAG_AFFECTED, "DAUD" },
	{ IUPLUS_M3UA_SCON, TAG_AFFECTED, "SCON" },
	{ IUPLUS_M3UA_DUPU, TAG_USER_CAUSE, "DUPU" },
	{ IUPLUS_M3UA_DRST, TAG_AFFECTED, "DRST" },
	{ IUPLUS_M3UA_ASPUP, 0, "ASPUP" },
	{ IUPLUS_M3UA_ASPDN, 0, "ASPDN" },
	{ IUPLUS_M3UA_BEAT, 0, "BEAT" },
	{ IUPLUS_M3UA_ASPUP_ACK, 0, "ASPUP_ACK" },
	{ IUPLUS_M3UA_ASPDN_ACK, 0, "ASPDN_ACK" },
	{ IUPLUS_M3UA_BEAT_ACK, 0, "BEAT_ACK" },
	{ IUPLUS_M3UA_ASPAC, 0, "ASPAC" },
	{ IUPLUS_M3UA_ASPIA, 0, "ASPIA" },
	{ IUPLUS_M3UA_ASPAC_ACK, 0, "ASPAC_ACK" },
	{ IUPLUS_M3UA_ASPIA_ACK, 0, "ASPIA_ACK" },
	{ IUPLUS_M3UA_REG_REQ, 0, "REG_REQ" },
	{ IUPLUS_M3UA_REG_RSP, 0, "REG_RSP" },
	{ IUPLUS_M3UA_DEREG_REQ, 0, "DEREG_REQ" },
	{ IUPLUS_M3UA_DEREG_RSP, 0, "DEREG_RSP" }
};
#define MESSAGES (sizeof(messages) / sizeof(messages[0]))

static int find(unsigned type)
{
	for (size_t i = 0; i < MESSAGES; i++)
		if (messages[i].type == type)
			return (int)i;
	return -1;
}

const char *iuplus_m3ua_type_name(unsigned type)
{
	int i = find(type);

	return i < 0 ? "?" : messages[i].name;
}

static uint32_t get16(const uint8_t *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t get32(const uint8_t *p)
{
	return get16(p) << 16 | get16(p + 2);
}

static bool class_known(unsigned class)
{
	return class <= 4 || class == 9;
}

static int decode_protocol_data(const uint8_t *v, size_t len, struct iuplus_m3ua_message *m)
{
	if (len < PROTOCOL_DATA_HEADER_LEN)
		return IUPLUS_ERR_TRUNCATED;
	m->has_data = true;
	m->opc = get32(v);
	m->dpc = get32(v + 4);
	m->si = v[8];
	m->ni = v[9];
	m->mp = v[10];
	m->sls = v[11];
	m->user.data = v + PROTOCOL_DATA_HEADER_LEN;
	m->user.len = len - PROTOCOL_DATA_HEADER_LEN;
	return 0;
}

/* Stores a parameter that is a single 32-bit value. */
static bool decode_word(unsigned tag, uint32_t value, struct iuplus_m3ua_message *m)
{
	switch (tag) {
	case TAG_TRAFFIC_MODE:
		m->has_traffic_mode = true;
		m->traffic_mode = value;
		return true;
	case TAG_ERROR:
		m->has_error = true;
		m->error = value;
		return true;
	case TAG_STATUS:
		m->has_status = true;
		m->status_type = (uint16_t)(value >> 16);
		m->status_info = (uint16_t)value;
		return true;
	case TAG_ASP_ID:
		m->has_asp_id = true;
		m->asp_id = value;
		return true;
	case TAG_NETWORK_APPEARANCE:
		m->has_network_appearance = true;
		m->network_appearance = value;
		return true;
	case TAG_USER_CAUSE:
		m->has_user_cause = true;
		m->cause = (uint16_t)(value >> 16);
		m->affected_user = (uint16_t)value;
		return true;
	case TAG_CONGESTION:
		m->has_congestion = true;
		m->congestion = (uint8_t)value;
		return true;
	}
	return false;
}

/* The parameters inside a routing key or a registration result (3.6.1, 3.6.2): those that this node reads, each one
 * word. Of several keys or results in one message the last one is kept; this node only sends one. */
static int decode_inner(const uint8_t *v, size_t len, struct iuplus_m3ua_message *m)
{
	size_t plen;

	for (size_t at = 0; at < len; at += (plen + 3) & ~(size_t)3) {
		uint32_t value;

		if (len - at < PARAMETER_HEADER_LEN)
			return IUPLUS_ERR_TRUNCATED;
		plen = get16(v + at + 2);
		if (plen < PARAMETER_HEADER_LEN || plen > len - at)
			return IUPLUS_ERR_TRUNCATED;
		if (plen != PARAMETER_HEADER_LEN + 4)
			continue;
		value = get32(v + at + PARAMETER_HEADER_LEN);
		switch (get16(v + at)) {
		case TAG_LOCAL_KEY_ID:
			m->local_key_id = value;
			break;
		case TAG_KEY_DPC:
			m->key_dpc = value;
			break;
		case TAG_REGISTRATION_STATUS:
			m->registration_status = value;
			break;
		case TAG_ROUTING_CONTEXT:
			m->registered_context = value;
			break;
		default:
			break;
		}
	}
	return 0;
}

static int decode_parameter(unsigned tag, const uint8_t *v, size_t len, struct iuplus_m3ua_message *m)
{
	struct iuplus_octets o = { v, len };

	switch (tag) {
	case TAG_TRAFFIC_MODE:
	case TAG_ERROR:
	case TAG_STATUS:
	case TAG_ASP_ID:
	case TAG_NETWORK_APPEARANCE:
	case TAG_USER_CAUSE:
	case TAG_CONGESTION:
		if (len != 4)
			return IUPLUS_ERR_SYNTAX;
		decode_word(tag, get32(v), m);
		return 0;
	case TAG_ROUTING_CONTEXT:
		/* osmo-stp answers DAUD of an ASP that is in no AS with an empty one */
		if (len == 0 && m->type >> 8 == CLASS_SSNM)
			return 0;
		if (len == 0 || len % 4 != 0)
			return IUPLUS_ERR_SYNTAX;
		m->has_routing_context = true;
		m->routing_context = get32(v);
		m->routing_contexts = (unsigned)(len / 4);
		m->routing_context_list = o;
		return 0;
	case TAG_ROUTING_KEY:
		m->has_routing_key = true;
		return decode_inner(v, len, m);
	case TAG_REGISTRATION_RESULT:
		m->has_registration = true;
		return decode_inner(v, len, m);
	case TAG_AFFECTED:
		if (len == 0 || len % 4 != 0)
			return IUPLUS_ERR_SYNTAX;
		m->affected = o;
		return 0;
	case TAG_PROTOCOL_DATA:
		return decode_protocol_data(v, len, m);
	case TAG_INFO:
		m->info = o;
		return 0;
	case TAG_DIAGNOSTIC:
		m->diagnostic = o;
		return 0;
	case TAG_HEARTBEAT:
		m->heartbeat = o;
		return 0;
	}
	return 0;
}

static bool has_mandatory(const struct iuplus_m3ua_message *m, unsigned tag)
{
	switch (tag) {
	case TAG_ERROR:
		return m->has_error;
	case TAG_STATUS:
		return m->has_status;
	case TAG_PROTOCOL_DATA:
		return m->has_data;
	case TAG_AFFECTED:
		return m->affected.len > 0;
	case TAG_USER_CAUSE: /* DUPU has both */
		return m->affected.len > 0 && m->has_user_cause;
	}
	return true;
}

int iuplus_m3ua_decode(const uint8_t *data, size_t len, struct iuplus_m3ua_message *m, unsigned *error)
{
	size_t total, at;
	int which, rc;

	memset(m, 0, sizeof(*m));
	*error = IUPLUS_M3UA_E_PROTOCOL;
	if (len < HEADER_LEN)
		return IUPLUS_ERR_TRUNCATED;
	m->type = (unsigned)data[2] << 8 | data[3];
	if (data[0] != 1) {
		*error = IUPLUS_M3UA_E_VERSION;
		return IUPLUS_ERR_NOT_COMPREHENDED;
	}
	total = get32(data + 4);
	/* The length includes the padding of the last parameter, which some senders omit (3.1.4). */
	if (total < HEADER_LEN || total > len + 3)
		return IUPLUS_ERR_TRUNCATED;
	if (total < len)
		len = total;
	which = find(m->type);
	if (which < 0) {
		*error = class_known(data[2]) ? IUPLUS_M3UA_E_TYPE : IUPLUS_M3UA_E_CLASS;
		return IUPLUS_ERR_NOT_COMPREHENDED;
	}
	*error = IUPLUS_M3UA_E_PARAMETER_FIELD;
	for (at = HEADER_LEN; at < len;) {
		size_t plen;

		if (len - at < PARAMETER_HEADER_LEN)
			return IUPLUS_ERR_TRUNCATED;
		plen = get16(data + at + 2);
		if (plen < PARAMETER_HEADER_LEN || plen > len - at)
			return IUPLUS_ERR_TRUNCATED;
		rc = decode_parameter(get16(data + at), data + at + PARAMETER_HEADER_LEN, plen - PARAMETER_HEADER_LEN,
				      m);
		if (rc != 0)
			return rc;
		at += (plen + 3) & ~(size_t)3;
	}
	if (!has_mandatory(m, messages[which].mandatory)) {
		*error = IUPLUS_M3UA_E_PARAMETER_MISSING;
		return IUPLUS_ERR_MISSING;
	}
	*error = 0;
	return 0;
}

/* A bounded output. */
struct out {
	uint8_t *buf;
	size_t size, len;
	bool full;
};

static void put32(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 24);
	p[1] = (uint8_t)(v >> 16);
	p[2] = (uint8_t)(v >> 8);
	p[3] = (uint8_t)v;
}

/* Appends a parameter of two parts, padded to a multiple of 4. */
static void put(struct out *o, unsigned tag, const void *a, size_t alen, const void *b, size_t blen)
{
	size_t plen = PARAMETER_HEADER_LEN + alen + blen, padded = (plen + 3) & ~(size_t)3;
	uint8_t *p = o->buf + o->len;

	if (o->full || plen > 0xffff || padded > o->size - o->len) {
		o->full = true;
		return;
	}
	p[0] = (uint8_t)(tag >> 8);
	p[1] = (uint8_t)tag;
	p[2] = (uint8_t)(plen >> 8);
	p[3] = (uint8_t)plen;
	if (alen > 0)
		memcpy(p + PARAMETER_HEADER_LEN, a, alen);
	if (blen > 0)
		memcpy(p + PARAMETER_HEADER_LEN + alen, b, blen);
	memset(p + plen, 0, padded - plen);
	o->len += padded;
}

static void put_word(struct out *o, unsigned tag, uint32_t value)
{
	uint8_t v[4];

	put32(v, value);
	put(o, tag, v, sizeof(v), NULL, 0);
}

static void put_octets(struct out *o, unsigned tag, struct iuplus_octets v)
{
	if (v.len > 0)
		put(o, tag, v.data, v.len, NULL, 0);
}

/* A routing key of this node: its point code, for every service; or a registration result. A list of services would be
 * narrower, but osmo-stp refuses a key with one. */
static void put_registration(struct out *o, const struct iuplus_m3ua_message *m)
{
	uint8_t inner[3 * (PARAMETER_HEADER_LEN + 4)];
	struct out in = { inner, sizeof(inner), 0, false };

	if (!m->has_routing_key && !m->has_registration)
		return;
	put_word(&in, TAG_LOCAL_KEY_ID, m->local_key_id);
	if (m->has_routing_key) {
		put_word(&in, TAG_KEY_DPC, m->key_dpc);
	} else {
		put_word(&in, TAG_REGISTRATION_STATUS, m->registration_status);
		put_word(&in, TAG_ROUTING_CONTEXT, m->registered_context);
	}
	put(o, m->has_routing_key ? TAG_ROUTING_KEY : TAG_REGISTRATION_RESULT, inner, in.len, NULL, 0);
}

int iuplus_m3ua_encode(const struct iuplus_m3ua_message *m, uint8_t *buf, size_t size, size_t *len)
{
	struct out o = { buf, size, HEADER_LEN, size < HEADER_LEN };

	if (find(m->type) < 0)
		return IUPLUS_ERR_ARGUMENT;
	/* The order is that of the figures of 3.3 to 3.8. */
	if (m->has_error)
		put_word(&o, TAG_ERROR, m->error);
	if (m->has_status)
		put_word(&o, TAG_STATUS, (uint32_t)m->status_type << 16 | m->status_info);
	if (m->has_asp_id)
		put_word(&o, TAG_ASP_ID, m->asp_id);
	if (m->has_traffic_mode)
		put_word(&o, TAG_TRAFFIC_MODE, m->traffic_mode);
	if (m->has_network_appearance)
		put_word(&o, TAG_NETWORK_APPEARANCE, m->network_appearance);
	if (m->has_routing_context && m->routing_context_list.len > 0)
		put_octets(&o, TAG_ROUTING_CONTEXT, m->routing_context_list);
	else if (m->has_routing_context)
		put_word(&o, TAG_ROUTING_CONTEXT, m->routing_context);
	put_octets(&o, TAG_AFFECTED, m->affected);
	if (m->has_user_cause)
		put_word(&o, TAG_USER_CAUSE, (uint32_t)m->cause << 16 | m->affected_user);
	if (m->has_congestion)
		put_word(&o, TAG_CONGESTION, m->congestion);
	put_registration(&o, m);
	if (m->has_data) {
		uint8_t head[PROTOCOL_DATA_HEADER_LEN];

		put32(head, m->opc);
		put32(head + 4, m->dpc);
		head[8] = m->si;
		head[9] = m->ni;
		head[10] = m->mp;
		head[11] = m->sls;
		put(&o, TAG_PROTOCOL_DATA, head, sizeof(head), m->user.data, m->user.len);
	}
	put_octets(&o, TAG_HEARTBEAT, m->heartbeat);
	put_octets(&o, TAG_DIAGNOSTIC, m->diagnostic);
	put_octets(&o, TAG_INFO, m->info);
	if (o.full)
		return IUPLUS_ERR_SPACE;
	buf[0] = 1;
	buf[1] = 0;
	buf[2] = (uint8_t)(m->type >> 8);
	buf[3] = (uint8_t)m->type;
	put32(buf + 4, (uint32_t)o.len);
	*len = o.len;
	return 0;
}
